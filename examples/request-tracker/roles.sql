-- The two roles of stores/request-tracker.yaml, with no more rights than they need. Run it in Request Tracker's database
-- as its owner or as superuser; then give both a password (\password kept_read) or let pg_hba.conf admit them.
--   kept_read     looks, previews, copies and proves: SELECT
--   kept_execute  erases: SELECT, UPDATE of the columns the map treats, DELETE in the tables whose rows go
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'kept_read') THEN CREATE ROLE kept_read LOGIN; END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'kept_execute') THEN CREATE ROLE kept_execute LOGIN; END IF;
END $$;

GRANT USAGE ON SCHEMA public TO kept_read, kept_execute;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO kept_read, kept_execute;

GRANT UPDATE (name, emailaddress, password, authtoken, smimecertificate, realname, nickname, gecos, organization, comments,
  signature, freeformcontactinfo, homephone, workphone, mobilephone, pagerphone, address1, address2, city, state, zip,
  country) ON users TO kept_execute;
GRANT UPDATE (subject) ON tickets TO kept_execute;
GRANT UPDATE (oldvalue, newvalue, data) ON transactions TO kept_execute;
GRANT UPDATE (subject, filename, content, headers) ON attachments TO kept_execute;
GRANT UPDATE (contentindex) ON attachmentsindex TO kept_execute;
GRANT UPDATE (base, target) ON links TO kept_execute;
GRANT UPDATE (content, largecontent) ON objectcustomfieldvalues TO kept_execute;
GRANT UPDATE (name, description) ON assets TO kept_execute;          -- when the exception that keeps them has ended
GRANT UPDATE (a_session) ON sessions TO kept_execute;
GRANT UPDATE (description, content), DELETE ON attributes TO kept_execute;
GRANT UPDATE (token, description), DELETE ON authtokens TO kept_execute;
GRANT DELETE ON acl TO kept_execute;

-- What staff write: articles, groups and settings in which somebody may be named.
GRANT UPDATE (name, summary) ON articles TO kept_execute;
GRANT UPDATE (description) ON groups, queues, customfields, customroles, catalogs, classes TO kept_execute;
GRANT UPDATE (description, content) ON templates TO kept_execute;
GRANT UPDATE (description, customisapplicablecode, custompreparecode, customcommitcode) ON scrips TO kept_execute;
GRANT UPDATE (description, argument) ON scripactions, scripconditions TO kept_execute;
GRANT UPDATE (name, description, category) ON customfieldvalues TO kept_execute;
GRANT UPDATE (content) ON configurations TO kept_execute;

-- Where an erasure marks a finished step, in the same transaction: after a crash nothing is done twice.
CREATE SCHEMA IF NOT EXISTS kept_store;
CREATE TABLE IF NOT EXISTS kept_store.marker (
  step text PRIMARY KEY, done_at timestamptz NOT NULL DEFAULT now(), result text NOT NULL);
ALTER TABLE kept_store.marker ALTER COLUMN result SET STORAGE EXTERNAL;
GRANT USAGE ON SCHEMA kept_store TO kept_execute;
GRANT SELECT, INSERT, DELETE ON kept_store.marker TO kept_execute;
