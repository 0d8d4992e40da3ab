import { describe, expect, it } from '@jest/globals';
import { deviceOf, isNewDevice } from './device';

const WEBKIT = 'AppleWebKit/537.36 (KHTML, like Gecko)';

describe('deviceOf', () => {
  it.each([
    [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/130.0 Safari/537.36`, 'Chrome on Windows'],
    [`Mozilla/5.0 (Windows NT 10.0) ${WEBKIT} Chrome/130.0 Safari/537.36 Edg/130.0`, 'Edge on Windows'],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0', 'Firefox on Linux'],
    [`Mozilla/5.0 (Macintosh; Intel Mac OS X 14_1) ${WEBKIT} Version/17.1 Safari/605`, 'Safari on macOS'],
    [`Mozilla/5.0 (iPhone; CPU iPhone OS 17_1 like Mac OS X) ${WEBKIT} Safari/604`, 'Safari on iPhone'],
    [`Mozilla/5.0 (Linux; Android 14) ${WEBKIT} Chrome/130.0 Mobile Safari/537.36`, 'Chrome on Android'],
    ['curl/8.5.0', 'curl'],
    ['<script>', 'Unknown device'],
    ['', 'Unknown device'],
  ])('%s is %s', (userAgent, device) => expect(deviceOf(userAgent)).toBe(device));
});

describe('a device', () => {
  it('is new where nobody of the person signed in before with its kind, but for the first of all', () => {
    expect(isNewDevice('curl/8.5.0', [])).toBe(false);
    expect(isNewDevice('curl/8.5.0', ['wget/1.2', 'curl/7.0'])).toBe(false);
    expect(isNewDevice('curl/8.5.0', ['wget/1.2'])).toBe(true);
  });
});
