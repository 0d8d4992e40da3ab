export const USAGE = `Orion

  npm start [-- --detach] [--sso]                everything up; Ctrl-C or npm stop ends it; --sso: a provider to sign in by
  npm stop                                       end what was started
  npm run status                                 what runs
  npm run dev -- SERVICE                         everything up, one service rebuilt and restarted on change
  npm run reset                                  end everything and delete the data of this checkout
  npm run migrate                                bring the databases up to date
  npm run migrate -- new NAME [--service NAME]   write a migration from the edited schema
  npm test                                       unit, integration and browser tests
  npm test -- --affected --base=main             unit and integration tests of what a change touches
  npm test -- --journeys                         the browser tests alone
  npm run check                                  format, lint, types, contracts, workflows
  npm run day -- FILE [--run ID] [--json]        one real day through the public API
  npm run faults -- N…                           break something and look whether all holds
  npm run servers                                servers for tests run one by one; npm stop ends them
  npm run load -- NAME                           many people at once on the running platform
  npm run bench -- NAME… [--json]                each figure beside its limit of the same run
  npm run workstreams [-- --json]                progress and quality of every app, computed

Settings: ORION_PORT (3000), ORION_STATE (.orion), ORION_POSTGRES_URL, ORION_RABBITMQ_URL, ORION_REDIS_URL,
ORION_INFRASTRUCTURE and ORION_TEST_INFRASTRUCTURE (programs or containers).`;
