import { describe, expect, it } from '@jest/globals';
import {
  addConsumer,
  addMethod,
  addParameter,
  addToModule,
  addToServiceModule,
  memberNames,
  parameterOf,
} from './classes';

const bare = (text: string): string => text.replace(/\s+/g, ' ');

describe('a constructor', () => {
  const text = `class A { constructor(private readonly db: Database<X>) {} go() {} }`;

  it('gains a parameter', () => {
    expect(addParameter(text, 'private readonly b: B')).toContain(
      'db: Database<X>, private readonly b: B) {}',
    );
    expect(bare(addParameter('class A {\n/** it */\ngo() {} }', 'b: B'))).toBe(
      'class A { constructor(b: B) {} /** it */ go() {} }',
    );
    expect(bare(addParameter('class A {}', 'b: B'))).toBe('class A { constructor(b: B) {} }');
  });

  it('tells under which name it has something', () => {
    expect(parameterOf(text, 'Database')).toBe('db');
    expect(parameterOf(text, 'Outbox')).toBeUndefined();
    expect(parameterOf('class A {}', 'Database')).toBeUndefined();
    expect(memberNames(text)).toEqual(['go']);
  });
});

describe('a method', () => {
  it('comes after the others and before those that are private', () => {
    expect(bare(addMethod('class A { a() {} }', 'b() {}'))).toBe('class A { a() {} b() {} }');
    expect(bare(addMethod('class A { a() {}\n/** own */\nprivate c() {} }', 'b() {}'))).toBe(
      'class A { a() {} b() {} /** own */ private c() {} }',
    );
    expect(() => addMethod('const a = 1;', 'b() {}')).toThrow('declares no class');
  });
});

describe('a module', () => {
  it('gains a provider, once, and the list where it has none', () => {
    const text = '@Module({ controllers: [C], providers: [A] })\nclass M {}';
    const gained = addToModule(text, 'providers', 'B');
    expect(gained).toContain('providers: [A, B]');
    expect(addToModule(gained, 'providers', 'B')).toBe(gained);
    expect(addToModule('@Module({ controllers: [C] }) class M {}', 'providers', 'B')).toContain(
      'controllers: [C], providers: [B]',
    );
    expect(addToModule('@Module({}) class M {}', 'providers', 'B')).toContain('{providers: [B]}');
  });

  it('has to be one, with lists that are written out', () => {
    expect(() => addToModule('class M {}', 'providers', 'B')).toThrow('no @Module');
    expect(() => addToModule('@Module({ providers: ALL }) class M {}', 'providers', 'B')).toThrow(
      'is no array',
    );
  });

  it('of a service gains modules and consumers', () => {
    const text = `class S { static with() { return { module: S, imports: [M.forService({ consumers: [] }), N] }; } }`;
    expect(addToServiceModule(text, 'O')).toContain('N, O] }');
    expect(addConsumer(text, 'C')).toContain('consumers: [C]');
    expect(() => addToServiceModule('class S {}', 'O')).toThrow('no module with imports');
    expect(() => addConsumer('class S {}', 'C')).toThrow('names no consumers');
  });
});
