import { matchesGlob } from 'node:path';

export interface OwnerRule {
  pattern: string;
  owners: string[];
  line: number;
}

/** The rules of a CODEOWNERS file, in its order. */
export function ownerRules(text: string): OwnerRule[] {
  return text.split('\n').flatMap((raw, index) => {
    const [pattern, ...owners] = raw.replace(/#.*$/, '').trim().split(/\s+/);
    return pattern ? [{ pattern, owners, line: index + 1 }] : [];
  });
}

/**
 * Whether a pattern covers a path of the repository, by
 * https://docs.github.com/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners
 */
export function covers(pattern: string, path: string): boolean {
  if (pattern === '*') return true;
  const bare = pattern.replace(/^\/|\/$/g, '');
  const anchored = pattern.startsWith('/') || bare.includes('/');
  const glob = anchored ? bare : `**/${bare}`;
  const isFolder = pattern.endsWith('/');
  return matchesGlob(path, `${glob}/**`) || (!isFolder && matchesGlob(path, glob));
}

/** The rule that decides about a path: the last one that covers it. */
export const ruleOf = (rules: readonly OwnerRule[], path: string): OwnerRule | undefined =>
  rules.findLast(({ pattern }) => covers(pattern, path));
