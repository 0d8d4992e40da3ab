import { parseDocument } from 'yaml';
import { type Fault } from './fault';
import type { Repository } from './repository';

/** Files below `.github` that are no YAML, by the line at which reading them ends. */
export const yamlSyntax = ({ texts }: Repository): Fault[] =>
  [...texts]
    .filter(([file]) => /\.ya?ml$/.test(file))
    .flatMap(([file, text]) =>
      parseDocument(text).errors.map(({ message, linePos }) => ({
        file,
        line: linePos?.[0].line,
        message: message.split('\n', 1)[0] ?? message,
      })),
    );
