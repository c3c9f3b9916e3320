import type { ApiKeyScope } from '#billing/tenant';

/** What may be done, by what it is done to. Every operation asks for one of these. */
export const PERMISSIONS = [
  'catalog.read',
  'catalog.write',
  'accounts.read',
  'accounts.write',
  'personal.erase',
  'subscriptions.read',
  'subscriptions.write',
  'usage.read',
  'usage.write',
  'billing.read',
  'billing.write',
  'reports.read',
  'events.read',
  'webhooks.read',
  'webhooks.write',
  'audit.read',
  'audit.write',
  'settings.read',
  'settings.write',
  'credentials.read',
  'credentials.write',
  'operations.read',
  'operations.write',
  'tenants.read',
  'tenants.write',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** What looks after the whole installation, and so crosses the walls between tenants. */
export const OF_THE_INSTALLATION: readonly Permission[] = [
  'operations.read',
  'operations.write',
  'tenants.read',
  'tenants.write',
];

const OF_A_TENANT = PERMISSIONS.filter((permission) => !OF_THE_INSTALLATION.includes(permission));

/** What people are allowed by what they are; the widest first. */
export const ROLES = {
  /** Looks after the installation and its tenants. */
  super_admin: PERMISSIONS,
  /** Everything in one tenant. */
  billing_admin: OF_A_TENANT,
  /** Helps customers: their accounts, subscriptions and usage; money only to look at. */
  support_rep: [
    'catalog.read',
    'accounts.read',
    'accounts.write',
    'subscriptions.read',
    'subscriptions.write',
    'usage.read',
    'usage.write',
    'billing.read',
    'events.read',
  ],
  /** Reads what the books say, and changes nothing. */
  finance_viewer: [
    'catalog.read',
    'accounts.read',
    'subscriptions.read',
    'usage.read',
    'billing.read',
    'reports.read',
    'audit.read',
    'settings.read',
  ],
} as const satisfies Record<string, readonly Permission[]>;
export type Role = keyof typeof ROLES;

/** What a key can be issued for: roles, and single permissions. */
export const SCOPES: readonly (Role | Permission)[] = [...(Object.keys(ROLES) as Role[]), ...PERMISSIONS];

export const isRole = (name: string): name is Role => Object.hasOwn(ROLES, name);
export const isPermission = (name: string): name is Permission => (PERMISSIONS as readonly string[]).includes(name);

/** What scopes were called before there were roles. */
const FORMER_SCOPES: Readonly<Record<string, Role>> = { tenant: 'billing_admin', installation: 'super_admin' };

/** What a credential with these scopes may do. A name that this version does not know allows nothing. */
export const granted = (
  scopes: readonly ApiKeyScope[],
): { readonly role: Role | undefined; readonly permissions: ReadonlySet<Permission> } => {
  const names = scopes.map((scope) => FORMER_SCOPES[scope] ?? scope);
  return {
    role: (Object.keys(ROLES) as Role[]).find((role) => names.includes(role)),
    permissions: new Set(
      names.flatMap((name): readonly Permission[] => (isRole(name) ? ROLES[name] : isPermission(name) ? [name] : [])),
    ),
  };
};
