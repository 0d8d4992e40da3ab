interface ErrorText {
  type: string;
  message: string;
  stack?: string;
  code?: string;
  cause?: ErrorText;
}

/** What the log keeps of an error: no other properties, since they may hold requests and credentials. */
export function errorText(error: unknown, depth = 0): ErrorText {
  if (!(error instanceof Error)) return { type: typeof error, message: String(error) };
  const code: unknown = 'code' in error ? error.code : undefined;
  return {
    type: error.name,
    message: error.message,
    stack: error.stack,
    ...(typeof code === 'string' ? { code } : {}),
    ...(error.cause !== undefined && depth < 3 ? { cause: errorText(error.cause, depth + 1) } : {}),
  };
}
