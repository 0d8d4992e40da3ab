import { describe, expect, it } from '@jest/globals';
import { candidates, choosePorts, INFRASTRUCTURE_PORTS } from './ports';

const everyPortFree = () => Promise.resolve(true);
const SEED = '00a1b2c3';

describe('candidates', () => {
  it('are all different, below the ports that systems lend out', () => {
    const all = [...candidates(SEED)];
    expect(new Set(all).size).toBe(10_000);
    expect(Math.min(...all)).toBe(20_000);
    expect(Math.max(...all)).toBe(29_999);
  });

  it('begin elsewhere for another checkout', () => {
    expect(candidates('000001').next().value).not.toBe(candidates('000100').next().value);
  });
});

describe('choice of ports', () => {
  it('gives every program a port of its own', async () => {
    const ports = await choosePorts(SEED, {}, everyPortFree);
    expect(new Set(Object.values(ports)).size).toBe(INFRASTRUCTURE_PORTS.length);
  });

  it('keeps remembered ports and replaces the one that somebody took', async () => {
    const first = await choosePorts(SEED, {}, everyPortFree);
    const second = await choosePorts(SEED, first, (port) => Promise.resolve(port !== first.redis));
    expect(second).toEqual({ ...first, redis: expect.any(Number) });
    expect(Object.values(first)).not.toContain(second.redis);
  });

  it('passes over taken ports', async () => {
    const [taken] = candidates(SEED);
    const ports = await choosePorts(SEED, {}, (port) => Promise.resolve(port !== taken));
    expect(Object.values(ports)).not.toContain(taken);
  });

  it('says so when the whole range is taken', async () => {
    await expect(choosePorts(SEED, {}, () => Promise.resolve(false))).rejects.toThrow(RangeError);
  });
});
