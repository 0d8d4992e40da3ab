import type { StartedTestContainer } from 'testcontainers';
import { PlainFailure } from '../failure';
import type { StateFolder } from '../state/state.folder';
import { postgresUrl, rabbitmqUrl, redisUrl, withoutPassword } from './addresses';
import { type ContainerPlan, containerPlans } from './container-plans';
import type { InstanceContext } from './context';
import { NAMES, type Piece } from './finder';
import { imageOf, readComposeFile } from './images';
import { BROKER_USER } from './rabbitmq-settings';
import { ANSWERS } from './readiness.probe';

/** Says that a test run of this state folder has containers. */
const USED = 'test-containers.json';
/** Carries the state folder's id; what bears it belongs to the tests of this checkout. */
const LABEL = 'orion.tests';
const STARTED_WITHIN_MS = 180_000;
const ANSWERS_WITHIN_MS = 30_000;

/** Whether a container engine answers, by the places in which Testcontainers looks for one. */
export async function engineAnswers(): Promise<boolean> {
  const { getContainerRuntimeClient } = await import('testcontainers');
  return getContainerRuntimeClient().then(
    () => true,
    () => false,
  );
}

async function launch(piece: Piece, plan: ContainerPlan, state: StateFolder): Promise<StartedTestContainer> {
  const { GenericContainer, Wait } = await import('testcontainers');
  const image = imageOf(piece, readComposeFile(), process.env);
  const container = new GenericContainer(image)
    .withEnvironment(plan.environment)
    .withCommand(plan.command)
    .withExposedPorts(plan.port)
    .withLabels({ [LABEL]: state.id })
    // PostgreSQL shares memory between parallel workers; the engine's own limit is 64 MB.
    .withSharedMemorySize(256 * 1024 ** 2)
    .withWaitStrategy(Wait.forLogMessage(plan.ready.line, plan.ready.times))
    .withStartupTimeout(STARTED_WITHIN_MS)
    // The label tells what to remove, also after a kill; a reaper would be one more image, with the engine in its hands.
    .withAutoCleanup(process.env['TESTCONTAINERS_RYUK_DISABLED'] === 'false');
  return container.start().catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new PlainFailure(
      `${NAMES[piece]} did not start in a container of ${image} (${reason}): put that right, or set ORION_TEST_INFRASTRUCTURE=programs.`,
    );
  });
}

/** Starts a piece in a container of its own, on a port the engine chooses, and answers its address. */
export async function startTestContainer(context: InstanceContext, piece: Piece): Promise<string> {
  const { state, secrets, supervisor } = context;
  const passwordOf = (it: Piece): string => secrets.password(it);
  const plan = containerPlans(passwordOf)[piece];
  state.write(USED, true);
  const launching = launch(piece, plan, state);
  const started = await supervisor.unlessEnding(launching).catch((error: unknown) => {
    launching.then((late) => late.stop()).catch(() => undefined);
    throw error;
  });
  const host = started.getHost() === 'localhost' ? '127.0.0.1' : started.getHost();
  const port = started.getMappedPort(plan.port);
  const urls: Record<Piece, string> = {
    postgres: postgresUrl(port, passwordOf('postgres'), host),
    rabbitmq: rabbitmqUrl(port, BROKER_USER, passwordOf('rabbitmq'), host),
    redis: redisUrl(port, passwordOf('redis'), host),
  };
  await supervisor.untilAnswers(
    () => ANSWERS[piece](urls[piece]),
    ANSWERS_WITHIN_MS,
    `${NAMES[piece]} runs in its container but does not answer at ${withoutPassword(urls[piece])}`,
    'open that port of the engine to this machine',
  );
  return urls[piece];
}

/** Somebody else removes it, or has. */
const isGone = (error: unknown): boolean =>
  [404, 409].includes((error as { statusCode?: number }).statusCode ?? 0);

/** Removes the containers of this state folder's tests and their data; answers the images of those it found. */
export async function removeTestContainers(state: StateFolder): Promise<string[]> {
  if (!state.has(USED)) return [];
  const { getContainerRuntimeClient } = await import('testcontainers');
  const engine = await getContainerRuntimeClient().catch(() => undefined);
  if (!engine) return [];
  const { dockerode } = engine.container;
  const left = await dockerode.listContainers({ all: true, filters: { label: [`${LABEL}=${state.id}`] } });
  const remove = (id: string): Promise<unknown> =>
    dockerode
      .getContainer(id)
      .remove({ force: true, v: true })
      .catch((error: unknown) => {
        if (!isGone(error)) throw error;
      });
  await Promise.all(left.map(({ Id }) => remove(Id)));
  return left.map(({ Image }) => Image);
}
