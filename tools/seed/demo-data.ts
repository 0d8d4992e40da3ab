import { type OrderKind, type Place } from '@orion/contracts';
import { chance, pick } from './chance';

/** How far a demo order is taken along its states. */
export type Fate = 'CREATED' | 'HELD' | 'SCHEDULED' | 'ASSIGNED' | 'ACCEPTED' | 'IN_PROGRESS' | 'CANCELLED';

export interface DemoTechnician {
  name: string;
  team: number;
  home: Place;
  skills: string[];
}

export interface DemoOrder {
  number: number;
  customer: string;
  street: string;
  city: string;
  place: Place;
  kind: OrderKind;
  title: string;
  skills: string[];
  durationMinutes: number;
  /** Working days from today. */
  day: number;
  /** Window of the start, minutes after midnight local time. */
  earliest: number;
  latest: number;
  fate: Fate;
}

export const TEAMS = ['Lyon Centre', 'Lyon Est', 'Lyon Ouest'] as const;

const SKILLS = ['electricity', 'plumbing', 'heating', 'fibre', 'appliances'] as const;

const TECHNICIANS = [
  'Ana Ruiz',
  'Bastien Moreau',
  'Chiara Conti',
  'Damien Lefèvre',
  'Ewa Nowak',
  'Fatou Diallo',
  'Giulia Marino',
  'Hugo Bernard',
  'Inès Garnier',
  'Jakub Zieliński',
  'Karim Haddad',
  'Léa Fontaine',
] as const;

const FIRST = [
  'Camille',
  'Nadia',
  'Paul',
  'Margot',
  'Youssef',
  'Sophie',
  'Antoine',
  'Lucie',
  'Marco',
  'Elena',
] as const;
const LAST = [
  'Durand',
  'Petit',
  'Rossi',
  'García',
  'Kowalski',
  'Martin',
  'Benali',
  'Leroy',
  'Faure',
  'Chevalier',
] as const;
const STREETS = [
  'rue de la République',
  'cours Lafayette',
  'avenue Jean Jaurès',
  'quai Perrache',
  'rue Garibaldi',
] as const;
const CITIES = ['Lyon', 'Villeurbanne', 'Bron', 'Écully', 'Oullins'] as const;

const JOBS: readonly { kind: OrderKind; title: string; skills: string[]; minutes: number }[] = [
  { kind: 'INSTALLATION', title: 'Install a fibre connection', skills: ['fibre'], minutes: 90 },
  {
    kind: 'INSTALLATION',
    title: 'Install an induction hob',
    skills: ['electricity', 'appliances'],
    minutes: 75,
  },
  { kind: 'MAINTENANCE', title: 'Yearly boiler service', skills: ['heating'], minutes: 60 },
  { kind: 'MAINTENANCE', title: 'Check the heat pump', skills: ['heating', 'electricity'], minutes: 75 },
  { kind: 'REPAIR', title: 'Washing machine leaks', skills: ['appliances'], minutes: 45 },
  { kind: 'REPAIR', title: 'No hot water', skills: ['plumbing'], minutes: 60 },
  { kind: 'REPAIR', title: 'Fuse blows again and again', skills: ['electricity'], minutes: 45 },
  { kind: 'TECHNICAL_VISIT', title: 'Survey before a heat pump', skills: ['heating'], minutes: 30 },
  { kind: 'DELIVERY', title: 'Deliver a dishwasher', skills: [], minutes: 30 },
];

const FATES: readonly Fate[] = [
  ...Array<Fate>(9).fill('ASSIGNED'),
  ...Array<Fate>(3).fill('SCHEDULED'),
  ...Array<Fate>(3).fill('CREATED'),
  ...Array<Fate>(2).fill('ACCEPTED'),
  'IN_PROGRESS',
  'HELD',
  'CANCELLED',
];

const around = (random: () => number): Place => ({
  latitude: Number((45.758 + (random() - 0.5) * 0.16).toFixed(5)),
  longitude: Number((4.855 + (random() - 0.5) * 0.24).toFixed(5)),
});

export function demoTechnicians(): DemoTechnician[] {
  const random = chance(12);
  return TECHNICIANS.map((name, index) => ({
    name,
    team: index % TEAMS.length,
    home: around(random),
    skills: SKILLS.filter((_, skill) => skill === index % SKILLS.length || random() < 0.45),
  }));
}

export function demoOrders(count: number): DemoOrder[] {
  const random = chance(150);
  return Array.from({ length: count }, (_, index) => {
    const job = pick(random, JOBS);
    const earliest = 8 * 60 + 30 * Math.floor(random() * 14);
    return {
      number: index + 1,
      customer: `${pick(random, FIRST)} ${pick(random, LAST)}`,
      street: `${1 + Math.floor(random() * 120)} ${pick(random, STREETS)}`,
      city: pick(random, CITIES),
      place: around(random),
      kind: job.kind,
      title: job.title,
      skills: job.skills,
      durationMinutes: job.minutes,
      day: Math.floor(random() * 8),
      earliest,
      latest: earliest + 120,
      fate: pick(random, FATES),
    };
  });
}
