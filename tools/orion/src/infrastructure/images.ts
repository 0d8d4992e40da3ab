import { readFileSync } from 'node:fs';
import { inWorkspace } from '../state/workspace';
import type { Piece } from './finder';

/** The one place that names images: each as `${ORION_…_IMAGE:-default}`. */
export const COMPOSE_FILE = inWorkspace('docker-compose.yml');

const IMAGE_KEYS: Record<Piece, string> = {
  postgres: 'ORION_POSTGRES_IMAGE',
  rabbitmq: 'ORION_RABBITMQ_IMAGE',
  redis: 'ORION_REDIS_IMAGE',
};

/** The image of a piece: the one the environment names, or the default that the compose file gives. */
export function imageOf(piece: Piece, composeFile: string, env: NodeJS.ProcessEnv): string {
  const key = IMAGE_KEYS[piece];
  const [, fallback] = new RegExp(`image: \\$\\{${key}:-([^}\\s]+)\\}`).exec(composeFile) ?? [];
  const image = env[key] || fallback;
  if (!image) throw new Error(`docker-compose.yml names no image by ${key}`);
  return image;
}

export const readComposeFile = (): string => readFileSync(COMPOSE_FILE, 'utf8');
