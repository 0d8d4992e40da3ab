import type { Ports } from '../state/ports';

export interface BrokerFolders {
  home: string;
  data: string;
  log: string;
  pluginsFile: string;
  configFile: string;
  pidFile: string;
}

export const BROKER_USER = 'orion';

/** Erlang's threads sleep when there is nothing to do, instead of spinning on a shared machine. */
export const IDLE_THREADS = '+sbwt none +sbwtdcpu none +sbwtdio none';

export const brokerNode = (id: string): string => `orion-${id}@localhost`;

/** Environment of a broker that shares nothing with others on the machine; rabbitmqctl needs the same one. */
export function brokerEnvironment(id: string, folders: BrokerFolders, ports: Ports): Record<string, string> {
  return {
    HOME: folders.home,
    RABBITMQ_NODENAME: brokerNode(id),
    RABBITMQ_NODE_PORT: String(ports.rabbitmq),
    RABBITMQ_DIST_PORT: String(ports.rabbitmqNodes),
    RABBITMQ_MNESIA_BASE: folders.data,
    RABBITMQ_LOG_BASE: folders.log,
    RABBITMQ_PID_FILE: folders.pidFile,
    RABBITMQ_ENABLED_PLUGINS_FILE: folders.pluginsFile,
    RABBITMQ_CONFIG_FILE: folders.configFile,
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: IDLE_THREADS,
    ERL_EPMD_PORT: String(ports.epmd),
    ERL_EPMD_ADDRESS: '127.0.0.1',
    // The script then becomes the broker instead of waiting for it, so that signals reach the broker itself.
    RUNNING_UNDER_SYSTEMD: 'true',
  };
}

export function brokerConfiguration(port: number, user: string, password: string): string {
  return [
    `listeners.tcp.default = 127.0.0.1:${port}`,
    `default_user = ${user}`,
    `default_pass = ${password}`,
    'loopback_users = none',
    'disk_free_limit.absolute = 200MB',
    '',
  ].join('\n');
}
