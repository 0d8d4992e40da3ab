/** Which organization this tab is for, across reloads of its page; no secret. */
export interface TabOrganization {
  read(): string | undefined;
  write(organizationId: string | undefined): void;
}

const PREFIX = 'orion ';

/** The tab's name: its own in every tab, gone with it, and never sent anywhere. */
export const namedTab = (tab: { name: string }): TabOrganization => ({
  read: () => (tab.name.startsWith(PREFIX) ? tab.name.slice(PREFIX.length) : undefined),
  write: (organizationId) => {
    tab.name = organizationId === undefined ? '' : PREFIX + organizationId;
  },
});
