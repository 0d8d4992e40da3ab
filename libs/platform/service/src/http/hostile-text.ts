import { JSON_LIMITS, TOO_DEEP, TOO_MANY } from '../contract/json-limits';

/** A shorter text costs little, whatever it holds; so do what is looked at after it was parsed. */
const HARMLESS = 16_384;

const [QUOTE, COMMA, ESCAPE] = [...'",\\'].map((it) => it.charCodeAt(0));
const OPENING = new Set([...'[{'].map((it) => it.charCodeAt(0)));
const CLOSING = new Set([...']}'].map((it) => it.charCodeAt(0)));

/**
 * What makes a JSON text unfit to be parsed, which takes a hundred times its bytes: nesting deeper than 32 levels, or
 * more than 20,000 values beside each other.
 * @returns the reason, undefined for a good text and for one that is no JSON
 */
export function hostileText(text: string): string | undefined {
  if (text.length <= HARMLESS) return undefined;
  let [depth, commas, inString] = [0, 0, false];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (inString) {
      if (code === ESCAPE) at++;
      else inString = code !== QUOTE;
    } else if (code === QUOTE) inString = true;
    else if (code === COMMA) {
      if (++commas >= JSON_LIMITS.values) return TOO_MANY;
    } else if (OPENING.has(code)) {
      if (++depth > JSON_LIMITS.levels) return TOO_DEEP;
    } else if (CLOSING.has(code)) depth--;
  }
  return undefined;
}
