import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseInstance } from './instance';

const text = readFileSync(join(__dirname, 'small.instance.txt'), 'utf8');

describe('parseInstance', () => {
  it('tells depot, crew and requests apart', () => {
    const instance = parseInstance(text);
    expect(instance.name).toBe('SMALL.8_3-2-2-2');
    expect(instance.depot).toEqual({ x: 20, y: 20 });
    expect(instance.technicians).toHaveLength(3);
    expect(instance.requests).toHaveLength(8);
    expect(instance.technicians[0]).toEqual({
      id: 1,
      x: 15,
      y: 18,
      from: 0,
      to: 230,
      skills: [0, 1],
      tools: [0],
    });
    expect(instance.requests[0]).toEqual({
      id: 4,
      x: 18,
      y: 20,
      earliestStart: 20,
      latestStart: 60,
      serviceTime: 10,
      skills: [0],
      tools: [0],
      spareParts: [0, 1],
    });
  });

  it('names the line that cannot be read', () => {
    expect(() => parseInstance(text.replace('7    12    15', '7    twelve 15'))).toThrow(
      /Line 16 cannot be read: "7 {4}twelve/,
    );
  });

  it('refuses what is no instance', () => {
    expect(() => parseInstance('hello\nworld')).toThrow(/not a technician routing instance/);
  });

  it('refuses an instance without requests', () => {
    const crewOnly = text.split('\n').slice(0, 12).join('\n');
    expect(() => parseInstance(crewOnly)).toThrow(/has 3 rows, but a crew of 3/);
  });
});
