import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';
import {
  DARK,
  DARK_TONES,
  LIGHT,
  LIGHT_TONES,
  SKY,
  TONES,
  type Tone,
  type TonePair,
  type Tokens,
} from './tokens';

const petrol: MantineColorsTuple = [
  '#e6f5f7',
  '#cfe9ed',
  '#a3d4dc',
  '#84d0d9',
  '#6cc0cb',
  '#3aa1ae',
  '#1f8794',
  '#14707d',
  '#0f6371',
  '#0b5563',
];

const red: MantineColorsTuple = [
  '#fdeceb',
  '#fbd8d5',
  '#f6b0aa',
  '#f2938b',
  '#ff9d94',
  '#d9534a',
  '#c63d34',
  '#b52d25',
  '#a3201a',
  '#8c1a15',
];

const dark: MantineColorsTuple = [
  DARK.text,
  '#c9d4d7',
  DARK.dimmed,
  DARK.control,
  DARK.line,
  '#233036',
  DARK.raised,
  DARK.surface,
  DARK.body,
  '#090e10',
];

/** No font comes over the network: the best face each system has. */
const FONT =
  "'Avenir Next', 'Segoe UI Variable Text', 'Segoe UI', system-ui, 'Helvetica Neue', 'Noto Sans', 'Liberation Sans', Arial, sans-serif";

export const theme = createTheme({
  primaryColor: 'petrol',
  primaryShade: 9,
  autoContrast: true,
  colors: { petrol, red, dark },
  white: '#ffffff',
  black: LIGHT.text,
  fontFamily: FONT,
  fontFamilyMonospace:
    "ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, 'Liberation Mono', monospace",
  headings: { fontFamily: FONT, fontWeight: '650' },
  defaultRadius: 'md',
  radius: { sm: '4px', md: '8px', lg: '14px' },
  fontSizes: { xs: '0.8125rem', sm: '0.875rem', md: '0.9375rem', lg: '1.0625rem', xl: '1.25rem' },
  respectReducedMotion: true,
  cursorType: 'pointer',
});

const scheme = (tokens: Tokens, tones: Record<Tone, TonePair>): Record<string, string> => ({
  '--mantine-color-body': tokens.body,
  '--mantine-color-text': tokens.text,
  '--mantine-color-bright': tokens.text,
  '--mantine-color-dimmed': tokens.dimmed,
  '--mantine-color-error': tokens.error,
  '--mantine-color-anchor': tokens.link,
  '--mantine-color-placeholder': tokens.dimmed,
  '--mantine-color-default': tokens.surface,
  '--mantine-color-default-hover': tokens.raised,
  '--mantine-color-default-color': tokens.text,
  '--mantine-color-default-border': tokens.control,
  '--mantine-color-disabled': tokens.raised,
  '--mantine-color-disabled-color': tokens.dimmed,
  '--mantine-color-disabled-border': tokens.line,
  '--orion-surface': tokens.surface,
  '--orion-raised': tokens.raised,
  '--orion-line': tokens.line,
  '--orion-focus': tokens.focus,
  ...Object.fromEntries(
    TONES.flatMap((tone) => [
      [`--orion-${tone}-ground`, tones[tone].ground],
      [`--orion-${tone}-text`, tones[tone].text],
    ]),
  ),
});

export const cssVariables: CSSVariablesResolver = () => ({
  variables: Object.fromEntries(Object.entries(SKY).map(([name, value]) => [`--orion-sky-${name}`, value])),
  light: scheme(LIGHT, LIGHT_TONES),
  dark: scheme(DARK, DARK_TONES),
});
