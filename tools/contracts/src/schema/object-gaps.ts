import { below, type Gap, gapAt, type Place, type Walk } from './gap';
import { canonical, fieldsOf, isSchema, requiredOf, type Schema } from './schema';

const ANY: Schema = {};
const TEXT: Schema = { type: 'string' };

const shapeKey = ({ default: _, ...shape }: Schema): string => canonical(shape);

type Fields = ReadonlyMap<string, Schema>;

const missingFrom = (other: Fields, fields: Fields): Fields =>
  new Map([...fields].filter(([name]) => !other.has(name)));

/** Fields that stand on one side only, paired where there is exactly one of the same shape on the other. */
function renames(lost: Fields, gained: Fields): Map<string, string> {
  const alike = (fields: Fields, shape: string) => [...fields].filter(([, it]) => shapeKey(it) === shape);
  return new Map(
    [...lost].flatMap(([name, schema]) => {
      const shape = shapeKey(schema);
      const [other, ...more] = alike(gained, shape);
      const only = more.length === 0 && alike(lost, shape).length === 1;
      return other && only ? [[name, other[0]] as const] : [];
    }),
  );
}

/** What `taken` says of a field it does not name: a schema, or undefined where it refuses the field. */
function rest(schema: Schema, closed: boolean): Schema | undefined {
  const { additionalProperties: more } = schema;
  if (more === false) return closed ? undefined : ANY;
  return isSchema(more) ? more : ANY;
}

function unnamed(sent: Schema, taken: Schema, place: Place, walk: Walk): Gap[] {
  const own = sent['additionalProperties'];
  const theirs = rest(taken, walk.rules.closed);
  const names =
    isSchema(taken['propertyNames']) && (isSchema(own) || sent['propertyNames'] !== undefined)
      ? walk.compare(
          isSchema(sent['propertyNames']) ? sent['propertyNames'] : TEXT,
          taken['propertyNames'],
          below(place, '{key}'),
          walk,
        )
      : [];
  if (theirs === undefined) return own === false ? [] : [gapAt(below(place, '*'), { kind: 'unknown' })];
  if (!isSchema(taken['additionalProperties']) || own === false) return names;
  return [...names, ...walk.compare(isSchema(own) ? own : ANY, theirs, below(place, '*'), walk)];
}

/** Where objects of `sent` are not what `taken` takes. */
export function objectGaps(sent: Schema, taken: Schema, place: Place, walk: Walk): Gap[] {
  const { closed, keeps } = walk.rules;
  const [was, is] = [fieldsOf(sent), fieldsOf(taken)];
  const [sure, wanted] = [new Set(requiredOf(sent)), new Set(requiredOf(taken))];
  const [onlySent, onlyTaken] = [missingFrom(is, was), missingFrom(was, is)];
  const moved = closed ? renames(onlySent, onlyTaken) : renames(onlyTaken, onlySent);
  const newNames = new Set(moved.values());

  const field = (name: string): Gap[] => {
    const at = below(place, name);
    const [mine, theirs] = [was.get(name), is.get(name)];
    const other = moved.get(name);
    if (other !== undefined) return [gapAt(at, { kind: 'renamed', other: below(place, other).path })];
    if (newNames.has(name)) return [];
    if (mine && !theirs) {
      const free = rest(taken, closed);
      return free ? walk.compare(mine, free, at, walk) : [gapAt(at, { kind: 'unknown' })];
    }
    if (!theirs) return [];
    if (!mine) {
      if (wanted.has(name)) return [gapAt(at, { kind: 'absent' })];
      return keeps ? [gapAt(at, { kind: 'vanished' })] : [];
    }
    return wanted.has(name) && !sure.has(name)
      ? [
          gapAt(at, { kind: 'optional' }),
          ...walk.compare(mine, theirs, at, walk).filter((it) => it.path !== at.path),
        ]
      : walk.compare(mine, theirs, at, walk);
  };

  return [
    ...[...new Set([...was.keys(), ...is.keys()])].flatMap(field),
    ...unnamed(sent, taken, place, walk),
  ];
}
