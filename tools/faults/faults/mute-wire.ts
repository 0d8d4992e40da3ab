import { startWire, type Wire } from './wire';

export interface MuteWire extends Wire {
  /**
   * From now on nothing passes on the connections there are, in either direction, and no end hears of a close: as
   * when a firewall forgets them or a cable is pulled. New connections work. Answers how many fell silent.
   */
  mute(): number;
}

/** A wire whose connections can fall silent. */
export async function startMuteWire(target: string): Promise<MuteWire> {
  let open = new Set<{ mute: boolean }>();
  const wire = await startWire(target, ({ client }) => {
    const line = { mute: false };
    open.add(line);
    client.once('close', () => open.delete(line));
    const passes = () => !line.mute;
    return { outward: passes, inward: passes, tellsClose: passes };
  });
  return {
    ...wire,
    mute: () => {
      const silenced = open;
      open = new Set();
      for (const line of silenced) line.mute = true;
      return silenced.size;
    },
  };
}
