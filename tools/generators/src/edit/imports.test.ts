import { describe, expect, it } from '@jest/globals';
import { addExportAll, addImport, addNamespaceImport } from './imports';

const text = `import { b, type D } from 'b';
import type { X } from './x';

const rest = 1;
`;

describe('an import', () => {
  it('joins what is imported from the module already, in its order', () => {
    expect(addImport(text, 'b', 'c')).toContain(`import { b, c, type D } from 'b';`);
    expect(addImport(text, 'b', 'type A')).toContain(`import { type A, b, type D } from 'b';`);
  });

  it('is left alone where the name is there, if only a type is wanted', () => {
    expect(addImport(text, 'b', 'b')).toBe(text);
    expect(addImport(text, 'b', 'type b')).toBe(text);
    expect(addImport(text, 'b', 'type D')).toBe(text);
  });

  it('of types keeps being one for types, and becomes one for values when a value joins', () => {
    expect(addImport(text, './x', 'type W')).toContain(`import type { W, X } from './x';`);
    expect(addImport(text, './x', 'w')).toContain(`import { w, type X } from './x';`);
    expect(addImport(text, './x', 'X')).toContain(`import { X } from './x';`);
  });

  it('of another module stands where its name belongs, packages first', () => {
    const lines = (it: string) => it.split('\n').slice(0, 3);
    expect(lines(addImport(text, 'a', 'a'))[0]).toBe(`import { a } from 'a';`);
    expect(lines(addImport(text, 'c', 'type C'))[1]).toBe(`import type { C } from 'c';`);
    expect(lines(addImport(text, './y', 'y'))[2]).toBe(`import { y } from './y';`);
    expect(addImport('const x = 1;\n', 'a', 'a')).toBe(`import { a } from 'a';\n\nconst x = 1;\n`);
  });
});

describe('a namespace', () => {
  const catalogue = `import * as a from './one/a';\nimport * as b from './two/b';\n`;

  it('joins those of its folder', () => {
    expect(addNamespaceImport(catalogue, './one/c', 'c').split('\n')[1]).toBe(
      `import * as c from './one/c';`,
    );
    expect(addNamespaceImport(catalogue, './three/c', 'c').split('\n')[2]).toBe(
      `import * as c from './three/c';`,
    );
    expect(addNamespaceImport(catalogue, './two/b', 'b')).toBe(catalogue);
    expect(addNamespaceImport('', './a', 'a')).toBe(`import * as a from './a';\n\n`);
  });
});

describe('what an index exports', () => {
  const index = `export * from './one/a';\nexport * from './two/b';\nexport * from './last';\n`;

  it('joins that of its folder, or of the other folders', () => {
    expect(addExportAll(index, './one/c').split('\n')[1]).toBe(`export * from './one/c';`);
    expect(addExportAll(index, './three/c').split('\n')[2]).toBe(`export * from './three/c';`);
    expect(addExportAll(index, './two/b')).toBe(index);
    expect(addExportAll('', './a')).toBe(`export * from './a';\n`);
  });
});
