/** Where the refresh token of this tab is kept. The access token is never stored: it lives in memory only. */
export interface TokenStore {
  read(): string | null;
  write(refreshToken: string | null): void;
}

const KEY = 'orion-refresh-token';

/** Session storage: gone with the tab. A browser that refuses storage keeps the token in memory. */
export function sessionTokenStore(storage: () => Storage): TokenStore {
  let memory: string | null = null;
  return {
    read() {
      try {
        return storage().getItem(KEY) ?? memory;
      } catch {
        return memory;
      }
    },
    write(refreshToken) {
      memory = refreshToken;
      try {
        if (refreshToken === null) storage().removeItem(KEY);
        else storage().setItem(KEY, refreshToken);
      } catch {
        // Private windows may refuse storage; memory serves until the page is left.
      }
    },
  };
}
