/** Something in `.github`, CODEOWNERS or a workflow that would not do what it says. */
export interface Fault {
  file: string;
  line?: number;
  message: string;
}

export const lineOf = ({ file, line, message }: Fault): string =>
  `✖ ${line === undefined ? file : `${file}:${line}`}  ${message}`;
