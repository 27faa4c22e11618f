/**
 * Staff: who may do what, how they sign in, and machines that act for them. The names are those better-auth asks
 * for.
 */
export const staff = `
  CREATE TABLE kept.staff (
    id text PRIMARY KEY,
    name text NOT NULL,
    email text NOT NULL UNIQUE,
    email_verified boolean NOT NULL DEFAULT false,
    image text,
    two_factor_enabled boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    enrolled_at timestamptz,
    disabled_at timestamptz
  );
  CREATE TABLE kept.staff_role (
    staff text NOT NULL REFERENCES kept.staff ON DELETE CASCADE,
    tenant text NOT NULL,
    role text NOT NULL,
    source text NOT NULL,
    PRIMARY KEY (staff, tenant, role)
  );
  CREATE TABLE kept.staff_account (
    id text PRIMARY KEY,
    user_id text NOT NULL REFERENCES kept.staff ON DELETE CASCADE,
    provider_id text NOT NULL,
    account_id text NOT NULL,
    password text,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    UNIQUE (provider_id, account_id)
  );
  CREATE INDEX staff_account_by_staff ON kept.staff_account (user_id);
  CREATE TABLE kept.staff_session (
    id text PRIMARY KEY,
    user_id text NOT NULL REFERENCES kept.staff ON DELETE CASCADE,
    token text NOT NULL UNIQUE,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL DEFAULT now(),
    second_factor_at timestamptz
  );
  CREATE INDEX staff_session_by_staff ON kept.staff_session (user_id);
  CREATE TABLE kept.staff_challenge (
    id text PRIMARY KEY,
    identifier text NOT NULL,
    value text NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL
  );
  CREATE INDEX staff_challenge_by_identifier ON kept.staff_challenge (identifier);
  CREATE INDEX staff_challenge_by_end ON kept.staff_challenge (expires_at);
  CREATE TABLE kept.staff_second_factor (
    id text PRIMARY KEY,
    user_id text NOT NULL UNIQUE REFERENCES kept.staff ON DELETE CASCADE,
    secret text NOT NULL,
    backup_codes text NOT NULL,
    verified boolean NOT NULL DEFAULT false,
    failed_verification_count integer NOT NULL DEFAULT 0,
    locked_until timestamptz
  );
  CREATE TABLE kept.staff_passkey (
    id text PRIMARY KEY,
    user_id text NOT NULL REFERENCES kept.staff ON DELETE CASCADE,
    name text,
    credential_id text NOT NULL UNIQUE,
    public_key text NOT NULL,
    counter bigint NOT NULL,
    device_type text NOT NULL,
    backed_up boolean NOT NULL,
    transports text,
    aaguid text,
    created_at timestamptz
  );
  CREATE INDEX staff_passkey_by_staff ON kept.staff_passkey (user_id);
  CREATE TABLE kept.staff_invitation (
    hash bytea PRIMARY KEY,
    staff text NOT NULL UNIQUE REFERENCES kept.staff ON DELETE CASCADE,
    expires_at timestamptz NOT NULL
  );
  CREATE TABLE kept.staff_token (
    id text PRIMARY KEY,
    hash bytea NOT NULL UNIQUE,
    name text NOT NULL,
    roles jsonb NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz
  );
  CREATE TABLE kept.staff_throttle (
    subject bytea PRIMARY KEY,
    failures integer NOT NULL,
    last_at timestamptz NOT NULL,
    blocked_until timestamptz NOT NULL
  );
`
