import type { Catalogue } from '../catalogue/catalogue';
import { additive, breaking, type Change, type Finding, type Single, type Subject } from './change';
import { compareEndpoint, goneEndpoint } from './compare-endpoints';
import { compareReply, compareRequest, compareStored, type Pair } from './compare-shapes';
import { listed } from './words';
import { together } from './together';

type Whom = Pick<Change, 'exports' | 'services' | 'webhooks'>;

/** Goes through two sets of entries of one kind. */
function each<T>(
  subject: Subject,
  older: Record<string, T>,
  newer: Record<string, T>,
  how: { gone(entry: T): string; changed(was: T, is: T): Finding[]; whom(id: string, ...entries: T[]): Whom },
): Single[] {
  const ids = [...new Set([...Object.keys(older), ...Object.keys(newer)])].sort();
  return ids.flatMap((id) => {
    const [was, is] = [older[id], newer[id]];
    const entries = [was, is].filter((it) => it !== undefined);
    const found =
      was === undefined
        ? [additive('is new')]
        : is === undefined
          ? [breaking(how.gone(was))]
          : how.changed(was, is);
    return found.map((it) => ({ subject, entries: [id], ...it, ...how.whom(id, ...entries) }));
  });
}

const nobody: Whom = { exports: [], services: [], webhooks: [] };

const names = (entries: readonly { export: string }[]): string[] => [
  ...new Set(entries.map((it) => it.export)),
];

const compareEndpoints = (pair: Pair): Single[] =>
  each('endpoint', pair.older.endpoints, pair.newer.endpoints, {
    gone: (was) => goneEndpoint(was, pair.newer),
    changed: (was, is) => compareEndpoint(was, is, pair),
    whom: (_, ...entries) => ({
      ...nobody,
      exports: names(entries),
      services: [...new Set(entries.map((it) => it.service))],
    }),
  });

const compareEvents = (pair: Pair): Single[] =>
  each('event', pair.older.events, pair.newer.events, {
    gone: () => 'is gone',
    changed: (was, is) => [
      ...(was.webhook === is.webhook
        ? []
        : was.webhook === undefined
          ? [additive(`also goes to webhook subscribers, as \`${is.webhook}\``)]
          : [
              breaking(
                is.webhook === undefined
                  ? `no longer goes to webhook subscribers, who know it as \`${was.webhook}\``
                  : `goes to webhook subscribers as \`${is.webhook}\`, who know it as \`${was.webhook}\``,
              ),
            ]),
      ...compareStored(was.data, { data: is.data, reads: is.reads ?? is.data }, pair),
    ],
    whom: (type, ...entries) => ({
      exports: names(entries),
      services: [type.split('.')[1] ?? ''],
      // Those who subscribed did so under the older name.
      webhooks: entries.flatMap((it) => it.webhook ?? []).slice(0, 1),
    }),
  });

const compareQuestions = (pair: Pair): Single[] =>
  each('question', pair.older.questions, pair.newer.questions, {
    gone: () => 'is gone',
    changed: (was, is) => [
      ...compareRequest(was.ask, is.ask, 'question', pair),
      ...compareReply(was.answer, is.answer, 'answer', pair),
    ],
    whom: (pattern, ...entries) => ({
      ...nobody,
      exports: names(entries),
      services: [pattern.split('.')[0] ?? ''],
    }),
  });

const compareErrors = ({ older, newer }: Pair): Single[] =>
  Object.keys({ ...older.errors, ...newer.errors })
    .sort()
    .flatMap((code): Single[] => {
      const [was, is] = [older.errors[code], newer.errors[code]];
      const users = Object.values(older.endpoints).filter((it) => it.errors.includes(code));
      const change = { ...nobody, subject: 'error code' as const, entries: [code], exports: names(users) };
      if (was === is) return [];
      if (was === undefined) return [{ ...change, ...additive('is new') }];
      if (is === undefined) return [{ ...change, ...additive('is no longer used') }];
      return [{ ...change, ...breaking(`has the status ${is} and had ${was}`) }];
    });

const comparePermissions = ({ older, newer }: Pair): Single[] =>
  [...new Set([...older.permissions, ...newer.permissions])].sort().flatMap((permission): Single[] => {
    const [was, is] = [older, newer].map((it) => it.permissions.includes(permission));
    const users = Object.values(older.endpoints).filter((it) => it.access === permission);
    const change = {
      ...nobody,
      subject: 'permission' as const,
      entries: [permission],
      exports: names(users),
    };
    if (was === is) return [];
    return [{ ...change, ...(was ? breaking('is gone') : additive('is new')) }];
  });

const compareRoles = ({ older, newer }: Pair): Single[] =>
  each('role', older.roles, newer.roles, {
    gone: () => 'is gone',
    changed: (was, is) => {
      const [lost, won] = [was.filter((it) => !is.includes(it)), is.filter((it) => !was.includes(it))];
      return [
        ...(lost.length > 0 ? [breaking(`no longer grants ${listed(lost)}`)] : []),
        ...(won.length > 0 ? [additive(`also grants ${listed(won)}`)] : []),
      ];
    },
    whom: () => ({ ...nobody, exports: ['SEEDED_ROLES', 'ROLE_IDS', 'permissionsOf'] }),
  });

const compareShared = (pair: Pair): Single[] =>
  each('shared schema', pair.older.shared, pair.newer.shared, {
    gone: () => 'is gone',
    changed: (was, is) => compareReply(was, is, 'shape', pair),
    whom: (name) => ({ ...nobody, exports: [name] }),
  });

/** Every difference between two catalogues; none between a catalogue and itself. */
export function compare(older: Catalogue, newer: Catalogue): Change[] {
  const pair = { older, newer };
  const all = [compareEndpoints, compareEvents, compareQuestions, compareErrors, comparePermissions];
  return [...all, compareRoles, compareShared].flatMap((it) => together(it(pair)));
}
