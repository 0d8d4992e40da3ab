import { describe, expect, it } from '@jest/globals';
import { contrast } from './contrast';
import { cssVariables, theme } from './theme';
import { DARK, DARK_TONES, LIGHT, LIGHT_TONES, SKY, TONES } from './tokens';

const AA_TEXT = 4.5;
const AA_PARTS = 3;

describe('contrast', () => {
  it('follows the formula of WCAG', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
  });
});

describe.each([
  ['light', LIGHT, LIGHT_TONES],
  ['dark', DARK, DARK_TONES],
] as const)('%s scheme', (_, tokens, tones) => {
  const grounds = [tokens.body, tokens.surface, tokens.raised];

  it.each(['text', 'dimmed', 'error', 'link'] as const)('%s can be read on every ground', (name) => {
    for (const ground of grounds) expect(contrast(tokens[name], ground)).toBeGreaterThanOrEqual(AA_TEXT);
  });

  it.each(['control', 'focus'] as const)('%s stands out from every ground', (name) => {
    for (const ground of grounds) expect(contrast(tokens[name], ground)).toBeGreaterThanOrEqual(AA_PARTS);
  });

  it.each(TONES)('label "%s" can be read', (tone) => {
    expect(contrast(tones[tone].text, tones[tone].ground)).toBeGreaterThanOrEqual(AA_TEXT);
    expect(contrast(tones[tone].text, tokens.surface)).toBeGreaterThanOrEqual(AA_TEXT);
  });
});

describe('theme', () => {
  it('writes white on filled buttons with enough contrast, hovered too', () => {
    const petrol = theme.colors?.['petrol'];
    expect(theme.primaryShade).toBe(9);
    for (const shade of [8, 9])
      expect(contrast(String(petrol?.[shade]), '#ffffff')).toBeGreaterThanOrEqual(AA_TEXT);
    const red = theme.colors?.['red'];
    for (const shade of [8, 9])
      expect(contrast(String(red?.[shade]), '#ffffff')).toBeGreaterThanOrEqual(AA_TEXT);
  });

  it('keeps the navigation readable', () => {
    for (const ground of [SKY.ground, SKY.current]) {
      for (const text of [SKY.text, SKY.dimmed, SKY.star]) {
        expect(contrast(text, ground)).toBeGreaterThanOrEqual(AA_TEXT);
      }
    }
  });

  it('replaces the palette colours of Mantine that are too pale', () => {
    const { light, dark } = cssVariables({} as never);
    expect(light['--mantine-color-dimmed']).toBe(LIGHT.dimmed);
    expect(dark['--mantine-color-error']).toBe(DARK.error);
  });
});
