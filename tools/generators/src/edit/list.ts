import * as ts from 'typescript';
import { insert, nameOf, parse, valueOf } from './source';

/** Adds an element at the end of an array, or of the elements between other brackets. */
export function append(text: string, elements: ts.NodeArray<ts.Node>, element: string): string {
  const last = elements.at(-1);
  return last ? insert(text, last.end, `, ${element}`) : insert(text, elements.pos, element);
}

/** Adds an element to the array a variable is declared with. */
export function appendTo(text: string, variable: string, element: string): string {
  const array = valueOf(parse(text), variable);
  if (!array || !ts.isArrayLiteralExpression(array)) throw new Error(`${variable} is no array`);
  return append(text, array.elements, element);
}

interface Place {
  /** The property goes before this one, where there is one of that name. */
  before?: string;
  /** The property goes where its name belongs by the alphabet. */
  sorted?: boolean;
}

/** Adds a property to the object a variable is declared with; one that is there stays as it is. */
export function addProperty(
  text: string,
  variable: string,
  [name, value]: readonly [name: string, value: string],
  place: Place = {},
): string {
  const object = valueOf(parse(text), variable);
  if (!object || !ts.isObjectLiteralExpression(object)) throw new Error(`${variable} is no object`);
  const { properties } = object;
  if (properties.some((it) => nameOf(it) === name)) return text;
  const code = `'${name}': ${value}`;
  const next = properties.find(
    (it) => nameOf(it) === place.before || (place.sorted && (nameOf(it) ?? '') > name),
  );
  return next
    ? insert(text, next.getStart(undefined, true), `${code},\n`)
    : append(text, properties, `\n${code}`);
}
