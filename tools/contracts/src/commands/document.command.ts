import { writeDocuments } from '../documents/documents.store';

/** `document`: writes the reference documents anew. */
export async function document(): Promise<number> {
  for (const file of await writeDocuments()) console.log(`${file} written`);
  return 0;
}
