import { asyncapiDocument, openapiDocument } from '@orion/contracts';
import { jsonText, readJson, writeText } from '../state/json.store';
import { inWorkspace } from '../state/workspace.folder';

/** The reference documents kept in the repository, by file. */
const DOCUMENTS: Readonly<Record<string, (version?: string) => unknown>> = {
  'docs/api/openapi.json': openapiDocument,
  'docs/api/asyncapi.json': asyncapiDocument,
};

/** Writes the documents anew from today's contracts; answers with their files. */
export async function writeDocuments(version?: string): Promise<string[]> {
  for (const [file, make] of Object.entries(DOCUMENTS)) {
    writeText(inWorkspace(file), await jsonText(make(version)));
  }
  return Object.keys(DOCUMENTS);
}

/** Files that are not what today's contracts say; how they are formatted is left to the formatter. */
export const staleDocuments = (): string[] =>
  Object.entries(DOCUMENTS)
    .filter(([file, make]) => JSON.stringify(readJson(inWorkspace(file))) !== JSON.stringify(make()))
    .map(([file]) => file);
