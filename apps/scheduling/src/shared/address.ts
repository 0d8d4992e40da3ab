import type { Address } from '@orion/contracts';

export interface AddressColumns {
  street: string;
  postalCode: string;
  city: string;
  country: string;
  latitude: number;
  longitude: number;
}

export const addressColumns = ({ place, ...rest }: Address): AddressColumns => ({ ...rest, ...place });

export const addressOf = (row: AddressColumns): Address => ({
  street: row.street,
  postalCode: row.postalCode,
  city: row.city,
  country: row.country,
  place: placeOf(row),
});

export const placeOf = ({ latitude, longitude }: { latitude: number; longitude: number }) => ({
  latitude,
  longitude,
});

/** One line for people. */
export const addressLine = ({
  street,
  postalCode,
  city,
  country,
}: Omit<AddressColumns, 'latitude' | 'longitude'>): string =>
  [street, `${postalCode} ${city}`.trim(), country].filter((part) => part !== '').join(', ');
