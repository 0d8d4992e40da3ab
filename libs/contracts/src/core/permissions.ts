/** Every permission an endpoint may ask for, with what it lets its holder do. */
export const PERMISSIONS = {
  'organization.view': 'See the organization',
  'organization.manage': 'Change the organization',
  'member.view': 'See members and their roles',
  'member.manage': 'Add members and change their roles',
  'role.view': 'See roles and what they grant',
  'role.manage': 'Create, change and delete the organization’s own roles',
  'settings.view': 'See business units and settings',
  'settings.manage': 'Change business units and settings',
  'customer.view': 'See customers',
  'customer.manage': 'Create and change customers',
  'provider.view': 'See providers, work teams and technicians',
  'provider.manage': 'Create and change providers, work teams and technicians',
  'service-order.view': 'See service orders',
  'service-order.create': 'Create service orders',
  'service-order.manage': 'Change and cancel service orders',
  'booking.view': 'See availability and bookings',
  'booking.manage': 'Hold, confirm and cancel bookings',
  'assignment.view': 'See assignments and their funnel',
  'assignment.create': 'Assign technicians',
  'notification.view': 'See what was sent to whom',
  'webhook.view': 'See webhook subscriptions and deliveries',
  'webhook.manage': 'Change webhook subscriptions, retry deliveries',
  'activity.view': 'See the overview and the live activity feed',
  'team.view': 'See the teams of the organization',
  'team.manage': 'Create, change and delete teams, and say who belongs to them',
  'agent.view': 'See agents and their results',
  'agent.use': 'Give agents tasks',
  'task.create': 'Create tasks',
  'audit.view': 'See the audit log and how long it is kept',
  'audit.export': 'Take the audit log away as a file',
  'audit.manage': 'Say how long the audit log is kept',
  'platform.operate': 'Run the installation: queues, dead letters, the whole system',
} as const;

export type Permission = keyof typeof PERMISSIONS;

export const ALL_PERMISSIONS = Object.keys(PERMISSIONS) as Permission[];
