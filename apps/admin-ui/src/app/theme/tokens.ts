/** Colours of one scheme, by what they are for. Every text colour is tested against every ground it lies on. */
export interface Tokens {
  body: string;
  surface: string;
  raised: string;
  line: string;
  /** Borders of things one can operate: 3:1 against their ground. */
  control: string;
  text: string;
  dimmed: string;
  error: string;
  link: string;
  focus: string;
}

export const LIGHT: Tokens = {
  body: '#f3f5f4',
  surface: '#ffffff',
  raised: '#eaeeed',
  line: '#d9dfdd',
  control: '#7d8a88',
  text: '#15211f',
  dimmed: '#51605d',
  error: '#a3201a',
  link: '#0b5563',
  focus: '#0b5563',
};

export const DARK: Tokens = {
  body: '#0d1417',
  surface: '#141d21',
  raised: '#1d292e',
  line: '#2a383e',
  control: '#6f8288',
  text: '#e6edee',
  dimmed: '#a2b2b7',
  error: '#ff9d94',
  link: '#84d0d9',
  focus: '#f2b544',
};

/** The navigation keeps its night sky in both schemes. */
export const SKY = {
  ground: '#0d2730',
  text: '#e8f2f3',
  dimmed: '#a9c3c8',
  current: '#17404c',
  star: '#f2b544',
};

/** What a coloured label says, besides its text. */
export const TONES = ['waiting', 'planned', 'bound', 'moving', 'done', 'quiet', 'bad'] as const;
export type Tone = (typeof TONES)[number];
export interface TonePair {
  ground: string;
  text: string;
}

export const LIGHT_TONES: Record<Tone, TonePair> = {
  waiting: { ground: '#fcefd2', text: '#744700' },
  planned: { ground: '#e1ebfb', text: '#1c478b' },
  bound: { ground: '#d5eef0', text: '#0b4e58' },
  moving: { ground: '#ece6fa', text: '#51328f' },
  done: { ground: '#dcf2e0', text: '#1a572b' },
  quiet: { ground: '#e6eae9', text: '#42504e' },
  bad: { ground: '#fce3e0', text: '#93201a' },
};

export const DARK_TONES: Record<Tone, TonePair> = {
  waiting: { ground: '#382a10', text: '#f4ca7d' },
  planned: { ground: '#172947', text: '#abc9fb' },
  bound: { ground: '#10333a', text: '#8bd8df' },
  moving: { ground: '#2b2147', text: '#cfbafb' },
  done: { ground: '#143420', text: '#95dba8' },
  quiet: { ground: '#253237', text: '#b9c6c9' },
  bad: { ground: '#42201e', text: '#f9aca4' },
};
