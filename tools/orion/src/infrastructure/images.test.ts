import { describe, expect, it } from '@jest/globals';
import { imageOf, readComposeFile } from './images';

describe('images', () => {
  it.each([
    ['postgres', /^postgres:\d+$/],
    ['rabbitmq', /^rabbitmq:\d+$/],
    ['redis', /^redis:\d+$/],
  ] as const)('of %s is the one that docker-compose.yml names', (piece, image) => {
    expect(imageOf(piece, readComposeFile(), {})).toMatch(image);
  });

  it('can be replaced by the environment, for an engine with images of its own', () => {
    const env = { ORION_REDIS_IMAGE: 'mirror.example/redis:7.2' };
    expect(imageOf('redis', readComposeFile(), env)).toBe('mirror.example/redis:7.2');
  });

  it('is never guessed', () => {
    expect(() => imageOf('redis', 'services: {}', {})).toThrow('names no image by ORION_REDIS_IMAGE');
  });
});
