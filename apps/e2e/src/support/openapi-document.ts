import { platformUrl } from './platform';

/** As much of JSON Schema as the platform's document uses. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  format?: string;
  pattern?: string;
  description?: string;
  anyOf?: Schema[];
  allOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  minLength?: number;
  minimum?: number;
  minItems?: number;
}

interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required?: boolean;
  schema: Schema;
}

interface RawOperation {
  operationId: string;
  security: unknown[];
  parameters: Parameter[];
  requestBody?: { content: { 'application/json': { schema: Schema } } };
}

export interface Document {
  paths: Record<string, Record<string, RawOperation>>;
  components: { schemas: Record<string, Schema> };
}

export interface Operation {
  id: string;
  method: string;
  /** With `{name}` parameters, below the platform's address. */
  path: string;
  secured: boolean;
  parameters: Parameter[];
  body?: Schema;
}

export async function readDocument(): Promise<Document> {
  const response = await fetch(`${platformUrl}/api/docs-json`);
  if (!response.ok)
    throw new Error(`${platformUrl}/api/docs-json answered ${response.status}: is the platform running?`);
  return (await response.json()) as Document;
}

export const operationsOf = (document: Document): Operation[] =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, it]) => ({
      id: it.operationId,
      method: method.toUpperCase(),
      path,
      secured: it.security.length > 0,
      parameters: it.parameters,
      ...(it.requestBody ? { body: it.requestBody.content['application/json'].schema } : {}),
    })),
  );

export function resolve(document: Document, schema: Schema): Schema {
  if (!schema.$ref) return schema;
  const found = document.components.schemas[schema.$ref.replace('#/components/schemas/', '')];
  if (!found) throw new Error(`${schema.$ref} is not in the document`);
  return resolve(document, found);
}
