import { parse } from 'yaml';
import { z } from 'zod';
import { type Fault } from './fault';
import { labelNames } from './labels';
import { formsOf, type Repository, textOf } from './repository';

const id = z
  .string()
  .regex(/^[\w-]+$/)
  .optional();
const validations = z.strictObject({ required: z.boolean() }).optional();
const asked = { label: z.string().min(1), description: z.string().optional() };
const written = { ...asked, placeholder: z.string().optional(), value: z.string().optional() };

/** https://docs.github.com/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-githubs-form-schema */
const Element = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('markdown'), attributes: z.strictObject({ value: z.string().min(1) }) }),
  z.strictObject({
    type: z.literal('textarea'),
    id,
    attributes: z.strictObject({ ...written, render: z.string().optional() }),
    validations,
  }),
  z.strictObject({ type: z.literal('input'), id, attributes: z.strictObject(written), validations }),
  z.strictObject({
    type: z.literal('dropdown'),
    id,
    attributes: z.strictObject({
      ...asked,
      multiple: z.boolean().optional(),
      default: z.number().int().min(0).optional(),
      options: z
        .array(z.string())
        .min(1)
        .refine((all) => new Set(all).size === all.length, 'options repeat'),
    }),
    validations,
  }),
  z.strictObject({
    type: z.literal('checkboxes'),
    id,
    attributes: z.strictObject({
      ...asked,
      options: z.array(z.strictObject({ label: z.string().min(1), required: z.boolean().optional() })).min(1),
    }),
  }),
]);

const isUnique = (values: readonly (string | undefined)[]): boolean => {
  const given = values.filter((value) => value !== undefined);
  return new Set(given).size === given.length;
};

const Form = z.strictObject({
  name: z.string().min(3),
  description: z.string().min(1),
  title: z.string().optional(),
  labels: z.array(z.string()).min(1, 'a form gives its issues a label'),
  assignees: z.array(z.string()).optional(),
  body: z
    .array(Element)
    .refine((all) => all.some(({ type }) => type !== 'markdown'), 'nothing is asked')
    .refine((all) => isUnique(all.map((it) => ('id' in it ? it.id : undefined))), 'an id is given twice')
    .refine(
      (all) => isUnique(all.map((it) => ('label' in it.attributes ? it.attributes.label : undefined))),
      {
        message: 'a label is given twice',
      },
    ),
});

const Config = z.strictObject({
  blank_issues_enabled: z.boolean(),
  contact_links: z.array(z.strictObject({ name: z.string(), url: z.url(), about: z.string() })).optional(),
});

const CONFIG = '.github/ISSUE_TEMPLATE/config.yml';
const TEMPLATE = '.github/PULL_REQUEST_TEMPLATE.md';

const shapeFaults = (schema: z.ZodType, file: string, text: string): Fault[] =>
  (schema.safeParse(parse(text)).error?.issues ?? []).map(({ path, message }) => ({
    file,
    message: `${path.join('.')} ${message}`,
  }));

/** Files of the repository that a text links to, from where an issue or a pull request is written. */
const linkedFiles = (text: string): string[] =>
  [...text.matchAll(/\.\.\/blob\/main\/([^)\s#]+)/g)].map(([, path]) => path ?? '');

const linkFaults = (file: string, text: string, { paths }: Repository): Fault[] =>
  linkedFiles(text)
    .filter((path) => !paths.includes(path))
    .map((path) => ({ file, message: `links to ${path}, which does not exist` }));

/** Issue forms and the pull-request template: their shape, the labels they give, the files they link to. */
export function issueForms(repository: Repository): Fault[] {
  const labels = labelNames(repository);
  const ofForm = ([file, text]: [string, string]): Fault[] => {
    const shape = shapeFaults(Form, file, text);
    if (shape.length > 0) return shape;
    const unknown = Form.parse(parse(text)).labels.filter((label) => !labels.has(label));
    return [
      ...unknown.map((label) => ({
        file,
        message: `gives the label "${label}", which labels.yml does not name`,
      })),
      ...linkFaults(file, text, repository),
    ];
  };
  const template = textOf(repository, TEMPLATE);
  return [
    ...formsOf(repository).flatMap(ofForm),
    ...shapeFaults(Config, CONFIG, textOf(repository, CONFIG)),
    ...(template.trim() === '' ? [{ file: TEMPLATE, message: 'is missing or empty' }] : []),
    ...linkFaults(TEMPLATE, template, repository),
  ];
}
