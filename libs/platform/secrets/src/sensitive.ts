/** Names of settings whose whole value is a secret. */
const SECRET_NAME = /(^|_)(KEY|PASSWORD|SECRET|TOKEN)$/;

/** The password within an address, as it is written there and as it is meant. */
function passwordsIn(value: string): string[] {
  const password = URL.canParse(value) ? new URL(value).password : '';
  return password ? [password, decoded(password)] : [];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * What must never be seen of settings: values that were fetched, values of settings that are named as secrets, and
 * passwords within addresses.
 * @param fetched names of the settings whose value did not stand in the environment itself
 */
export function sensitiveValues(values: Record<string, string>, fetched: ReadonlySet<string>): string[] {
  const found = Object.entries(values).flatMap(([key, value]) => [
    ...(fetched.has(key) || SECRET_NAME.test(key) ? [value] : []),
    ...passwordsIn(value),
  ]);
  return [...new Set(found)];
}
