import { describe, expect, it } from '@jest/globals';
import { listBookings, readBooking } from '@orion/contracts';
import { contractAt } from './implemented';

describe('the contract at a path', () => {
  it('is found whichever service has it', () => {
    expect(contractAt('GET', '/api/v1/calendar/bookings')).toBe(listBookings);
    expect(contractAt('GET', '/api/v1/calendar/bookings/7')).toBe(readBooking);
    expect(contractAt('DELETE', '/api/v1/calendar/bookings')).toBeUndefined();
    expect(contractAt('GET', '/api/v1/calendar/bookings/')).toBeUndefined();
  });

  it('is the one with fixed parts where two would fit', () => {
    expect(contractAt('GET', '/api/v1/service-orders/counts')?.path).toBe('/service-orders/counts');
  });
});
