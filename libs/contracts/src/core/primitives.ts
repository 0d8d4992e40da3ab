import { z } from 'zod';

export const Id = z.uuid();
export const Timestamp = z.iso.datetime({ offset: true }).meta({ description: 'RFC 3339, with offset or Z' });
export const LocalDate = z.iso.date();
export const LocalTime = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'must be a time of day as HH:MM')
  .meta({ description: 'Time of day HH:MM, 24:00 is the end of the day' });
export const Email = z.email().max(254);
export const Name = z.string().trim().min(1).max(200);
export const Code = z
  .string()
  .trim()
  .min(1)
  .max(64)
  .regex(/^[\w.:-]+$/, 'may hold letters, digits, _ . : -');
export const Timezone = z
  .string()
  .min(1)
  .max(64)
  .meta({ description: 'IANA time zone, such as Europe/Paris' });
export const CountryCode = z.string().regex(/^[A-Z]{2}$/, 'must be an ISO 3166-1 alpha-2 code');
export const Language = z.enum(['en', 'es', 'fr', 'it', 'pl']);

export const Place = z.strictObject({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
});
export type Place = z.infer<typeof Place>;

export const Address = z.strictObject({
  street: z.string().trim().max(200).default(''),
  postalCode: z.string().trim().max(20).default(''),
  city: z.string().trim().max(100).default(''),
  country: CountryCode,
  place: Place,
});
export type Address = z.infer<typeof Address>;

/** As replies carry them: a reader leaves what it does not know, so that replies can grow. */
export const PlaceReply = z.object(Place.shape);
export const AddressReply = z.object({ ...Address.shape, place: PlaceReply });

/** Free attributes an integrator keeps with a record; at most 50 keys. */
export const Attributes = z
  .record(z.string().max(64), z.union([z.string().max(500), z.number(), z.boolean()]))
  .refine((value) => Object.keys(value).length <= 50, 'may hold at most 50 attributes');

export const Nothing = z.undefined();

export const IdParams = z.strictObject({ id: Id });
