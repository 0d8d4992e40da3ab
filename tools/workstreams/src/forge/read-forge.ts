import { Answer, type ForgeFigures, QUERY, reviewHoursOf } from './figures';
import { originOf, type RepositoryName, repositoryOf } from './repository';

const PATIENCE_MS = 5_000;
const PAGES = 10;

interface Access {
  api: string;
  token: string;
  repository: RepositoryName;
  signal: AbortSignal;
}

async function ask({ api, token, repository, signal }: Access, after: string | null): Promise<Answer> {
  const answer = await fetch(api, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query: QUERY, variables: { ...repository, after } }),
    signal,
  });
  return Answer.parse(await answer.json());
}

async function readAll(access: Access): Promise<ForgeFigures> {
  const figures: ForgeFigures = { blockers: [], reviewHours: [] };
  let after: string | null = null;
  for (let page = 0; page < PAGES; page++) {
    const { issues, pullRequests }: Answer['data']['repository'] = (await ask(access, after)).data.repository;
    figures.blockers.push(...issues.nodes.map(({ labels }) => labels.nodes.map(({ name }) => name)));
    if (page === 0)
      figures.reviewHours = pullRequests.nodes.map(reviewHoursOf).filter((it) => it !== undefined);
    after = issues.pageInfo.endCursor;
    if (!issues.pageInfo.hasNextPage) break;
  }
  return figures;
}

/**
 * What GitHub knows of the repository, asked for with the token in GITHUB_TOKEN or GH_TOKEN; undefined without one, for
 * another forge, offline, and when there is no answer within five seconds.
 */
export async function readForge(root: string, env: NodeJS.ProcessEnv): Promise<ForgeFigures | undefined> {
  const token = env['GITHUB_TOKEN'] || env['GH_TOKEN'];
  const repository = repositoryOf(env['GITHUB_REPOSITORY'] ?? '') ?? originOf(root);
  if (!token || !repository) return undefined;
  const api = env['GITHUB_GRAPHQL_URL'] || 'https://api.github.com/graphql';
  try {
    return await readAll({ api, token, repository, signal: AbortSignal.timeout(PATIENCE_MS) });
  } catch {
    return undefined;
  }
}
