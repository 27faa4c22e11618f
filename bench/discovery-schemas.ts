/** Three schemas in the manner of real software, with invented people, and what is personal in them: the truth the bench scores against. */

export interface Imitation {
  readonly name: string
  readonly sql: string
  /** `table.column` of every column that holds personal data or leads to a person. */
  readonly personal: readonly string[]
}

const people = 60
const series = (text: string, rows = people): string => `INSERT INTO ${text} FROM generate_series(1, ${rows}) AS i;`
const given = `(ARRAY['Anna','Piotr','Marta','Jonas','Claire','Diego','Giulia','Sanne','Rui','Emma'])[1 + i % 10]`
const family = `(ARRAY['Kowalczyk','Meyer','Dubois','Romero','Bianchi','Jansen','Silva','Brown'])[1 + i % 8]`
const mail = `lower(${given}) || '.' || lower(${family}) || i || '@example.org'`

const groupware: Imitation = {
  name: 'groupware',
  sql: `
CREATE TABLE gw_user_profile (c_uid varchar(255) PRIMARY KEY, c_defaults text, c_settings text);
${series(`gw_user_profile SELECT 'user' || i, '{"SignatureText":"Kind regards, ' || ${given} || ' ' || ${family} || '","Language":"English","Mail":{"Forward":"' || ${mail} || '"}}', '{"Calendar":{"View":"weekview","FoldersOrder":["personal"]}}'`)}
CREATE TABLE gw_folder_info (c_folder_id serial PRIMARY KEY, c_path varchar(255), c_path2 varchar(255), c_foldername varchar(255), c_location int, c_folder_type varchar(255));
${series(`gw_folder_info (c_path, c_path2, c_foldername, c_location, c_folder_type) SELECT '/Users/user' || i || '/Calendar/personal', 'user' || i, (ARRAY['Personal Calendar','Personal Address Book'])[1 + i % 2], i % 3, (ARRAY['Appointment','Contact'])[1 + i % 2]`)}
CREATE TABLE gw_store (c_folder_id int, c_name varchar(255), c_content text, c_creationdate int, c_lastmodified int, c_version int, c_deleted int, PRIMARY KEY (c_folder_id, c_name));
${series(`gw_store SELECT i, md5(i::text) || '.vcf', E'BEGIN:VCARD\\r\\nVERSION:3.0\\r\\nFN:' || ${given} || ' ' || ${family} || E'\\r\\nEMAIL:' || ${mail} || E'\\r\\nEND:VCARD\\r\\n', 1700000000 + i, 1700000100 + i, 0, 0`)}
CREATE TABLE gw_events (c_folder_id int, c_name varchar(255), c_content text, c_creationdate int, PRIMARY KEY (c_folder_id, c_name));
${series(`gw_events SELECT i, md5(i::text) || '.ics', E'BEGIN:VCALENDAR\\r\\nBEGIN:VEVENT\\r\\nSUMMARY:Visit\\r\\nORGANIZER:mailto:' || ${mail} || E'\\r\\nEND:VEVENT\\r\\nEND:VCALENDAR\\r\\n', 1700000000 + i`)}
CREATE TABLE gw_quick_contact (c_folder_id int, c_name varchar(255), c_givenname varchar(255), c_cn varchar(255), c_sn varchar(255), c_screenname varchar(255), c_l varchar(255), c_mail text, c_o varchar(500), c_ou varchar(255), c_telephonenumber varchar(255), c_component varchar(10), c_hascertificate int, PRIMARY KEY (c_folder_id, c_name));
${series(`gw_quick_contact SELECT i, md5(i::text) || '.vcf', ${given}, ${given} || ' ' || ${family}, ${family}, '', (ARRAY['Berlin','Gdańsk','Lyon'])[1 + i % 3], ${mail}, 'Example AG', 'Sales', '+49 30 90' || (100000 + i * 37), 'vcard', 0`)}
CREATE TABLE gw_quick_event (c_folder_id int, c_name varchar(255), c_uid varchar(255), c_startdate int, c_enddate int, c_title varchar(1000), c_participants text, c_isallday int, c_status int, c_priority int, c_location varchar(255), c_orgmail varchar(255), c_partmails text, c_partstates text, c_category varchar(255), c_sequence int, c_component varchar(10), c_description text, PRIMARY KEY (c_folder_id, c_name));
${series(`gw_quick_event SELECT i, md5(i::text) || '.ics', gen_random_uuid()::text, 1700000000 + i, 1700003600 + i, 'Lunch with ' || ${given} || ' ' || ${family}, ${given} || ' ' || ${family}, 0, 1, 0, 'Room ' || i, ${mail}, ${mail}, '0', 'work', 0, 'vevent', 'Please bring the papers, ' || ${given} || ' and the keys of the flat'`)}
CREATE TABLE gw_acl (c_folder_id int, c_object varchar(255), c_uid varchar(255), c_role varchar(80));
${series(`gw_acl SELECT i, '/user' || i || '/Calendar/personal', 'user' || (1 + i % 30), 'PublicViewer'`)}
CREATE TABLE gw_sessions (c_id varchar(255) PRIMARY KEY, c_value varchar(4096), c_creationdate int, c_lastseen int);
${series(`gw_sessions SELECT md5(i::text), encode(sha256(i::text::bytea), 'base64'), 1700000000 + i, 1700000500 + i`)}
CREATE TABLE gw_alarms (c_path varchar(255), c_name varchar(255), c_uid varchar(255), c_recurrence_id int, c_alarm_number int, c_alarm_date int);
CREATE TABLE gw_resource (id serial PRIMARY KEY, title varchar(100), capacity int, enabled boolean, color varchar(7));
${series(`gw_resource (title, capacity, enabled, color) SELECT 'Meeting room ' || i, i, true, '#aabbcc'`, 12)}
`,
  personal: [
    'gw_user_profile.c_uid',
    'gw_user_profile.c_defaults',
    'gw_folder_info.c_path',
    'gw_folder_info.c_path2',
    'gw_store.c_content',
    'gw_events.c_content',
    'gw_quick_contact.c_givenname',
    'gw_quick_contact.c_cn',
    'gw_quick_contact.c_sn',
    'gw_quick_contact.c_screenname',
    'gw_quick_contact.c_l',
    'gw_quick_contact.c_mail',
    'gw_quick_contact.c_o',
    'gw_quick_contact.c_ou',
    'gw_quick_contact.c_telephonenumber',
    'gw_quick_event.c_title',
    'gw_quick_event.c_participants',
    'gw_quick_event.c_location',
    'gw_quick_event.c_orgmail',
    'gw_quick_event.c_partmails',
    'gw_quick_event.c_description',
    'gw_acl.c_object',
    'gw_acl.c_uid',
    'gw_sessions.c_id',
    'gw_sessions.c_value',
    'gw_alarms.c_uid',
    'gw_alarms.c_path',
  ],
}

/** Metrics of every kind of port and sensor: where most tables of such software hold nobody. */
const metrics = Array.from(
  { length: 120 },
  (_, index) => `
CREATE TABLE metric_${index} (metric_${index}_id serial PRIMARY KEY, device_id int NOT NULL, ${index % 2 ? 'sensor' : 'port'}_index varchar(64), ${index % 2 ? 'sensor' : 'port'}_descr varchar(255), oid varchar(255), value double precision, limit_high double precision, last_polled timestamp);
${series(`metric_${index} (device_id, ${index % 2 ? 'sensor' : 'port'}_index, ${index % 2 ? 'sensor' : 'port'}_descr, oid, value) SELECT 1 + i % 12, i::text, (ARRAY['CPU Core','Fan speed','eth0 uplink','Power supply 1'])[1 + i % 4], '.1.3.6.1.2.1.' || i, i * 1.5`, 20)}`,
).join('')

const monitoring: Imitation = {
  name: 'device monitoring',
  sql: `
CREATE TABLE users (user_id serial PRIMARY KEY, auth_type varchar(32), username varchar(255) NOT NULL, password varchar(255), realname varchar(64), email varchar(64), descr varchar(30), level smallint, can_modify_passwd boolean, created_at timestamp, updated_at timestamp, remember_token varchar(100), enabled boolean);
${series(`users (auth_type, username, password, realname, email, descr, level, created_at) SELECT 'mysql', lower(${given}) || i, '$2y$10$abcdefghijklmnopqrstuv' || i, ${given} || ' ' || ${family}, ${mail}, 'night shift', 5, now()`)}
CREATE TABLE devices (device_id serial PRIMARY KEY, hostname varchar(128), "sysName" varchar(128), ip inet, community varchar(255), "authname" varchar(64), "authpass" varchar(64), "sysContact" text, version text, hardware text, os varchar(32), status boolean, location_id int, serial text, notes text, uptime bigint, last_polled timestamp, type varchar(20));
${series(`devices (hostname, "sysName", ip, community, "sysContact", version, hardware, os, status, location_id, serial, notes, uptime, type) SELECT 'LT-' || upper(${given}) || '-' || i, 'lt-' || i, ('192.0.2.' || i)::inet, 'public', ${given} || ' ' || ${family} || ' <' || ${mail} || '>', '15.2', 'ThinkPad', 'linux', true, i, 'SN-7F' || i, 'Lent to ' || ${given} || ' ' || ${family} || ' until spring', i * 1000, 'workstation'`, 40)}
CREATE TABLE ipv4_mac (id serial PRIMARY KEY, port_id int, mac_address varchar(32), ipv4_address varchar(32), context_name varchar(128));
${series(`ipv4_mac (port_id, mac_address, ipv4_address) SELECT i, '02:4b:6f:7f:3a:' || lpad(to_hex(i), 2, '0'), '192.0.2.' || i`)}
CREATE TABLE eventlog (event_id bigserial PRIMARY KEY, device_id int, datetime timestamp, message text, type varchar(64), reference varchar(64), username varchar(128), severity int);
${series(`eventlog (device_id, datetime, message, type, username, severity) SELECT i, now(), 'Device LT-' || i || ' was added by ' || ${given} || ' ' || ${family}, 'system', lower(${given}) || i, 1`)}
CREATE TABLE authlog (id serial PRIMARY KEY, datetime timestamp, "user" text, address text, result text);
${series(`authlog (datetime, "user", address, result) SELECT now(), lower(${given}) || i, '198.51.100.' || i, 'Logged In'`)}
CREATE TABLE devices_perms (id serial PRIMARY KEY, user_id int, device_id int);
${series(`devices_perms (user_id, device_id) SELECT 1 + i % ${people}, i`)}
CREATE TABLE alert_log (id serial PRIMARY KEY, rule_id int, device_id int, state int, details bytea, time_logged timestamp);
CREATE TABLE alert_rules (id serial PRIMARY KEY, rule text, severity varchar(16), extra varchar(255), disabled boolean, name varchar(255), query text, builder text);
${series(`alert_rules (rule, severity, name, query, builder) SELECT '', 'critical', 'Devices up/down ' || i, 'SELECT * FROM devices WHERE device_id = ?', '{"condition":"AND","rules":[{"id":"devices.status","operator":"equal","value":"0"}]}'`, 20)}
CREATE TABLE locations (id serial PRIMARY KEY, location varchar(255), lat numeric(10,8), lng numeric(11,8), "timestamp" timestamp);
${series(`locations (location, lat, lng) SELECT 'Musterstraße ' || i || ', Berlin', 52.5 + i * 0.001, 13.4 + i * 0.001`)}
CREATE TABLE syslog (seq bigserial PRIMARY KEY, device_id int, facility varchar(10), priority varchar(10), program varchar(32), msg text, "timestamp" timestamp);
${series(`syslog (device_id, facility, priority, program, msg) SELECT 1 + i % 40, 'auth', 'info', 'sshd', 'Accepted publickey for ' || lower(${given}) || ' from 203.0.113.' || i || ' port 51' || i`)}
CREATE TABLE api_tokens (id serial PRIMARY KEY, user_id int, token_hash varchar(255), description varchar(100), disabled boolean);
${series(`api_tokens (user_id, token_hash, description) SELECT i, md5(i::text), 'for the laptop of ' || ${given}`)}
CREATE TABLE config (config_id serial PRIMARY KEY, config_name varchar(255), config_value varchar(512));
${series(`config (config_name, config_value) SELECT 'alert.option_' || i, (ARRAY['true','false','300'])[1 + i % 3]`, 30)}
CREATE TABLE vlans (vlan_id serial PRIMARY KEY, device_id int, vlan_vlan int, vlan_name varchar(64), vlan_type varchar(16));
${series(`vlans (device_id, vlan_vlan, vlan_name) SELECT i, i * 10, 'VLAN' || i`, 20)}
CREATE TABLE sessions (id varchar(255) PRIMARY KEY, user_id int, ip_address varchar(45), user_agent text, payload text, last_activity int);
${series(`sessions SELECT md5(i::text), i, '203.0.113.' || i, 'Mozilla/5.0 (X11; Linux x86_64)', encode(sha256(i::text::bytea), 'base64'), 1700000000`)}
${metrics}`,
  personal: [
    'users.user_id',
    'users.username',
    'users.password',
    'users.realname',
    'users.email',
    'users.descr',
    'users.remember_token',
    'devices.hostname',
    'devices.sysName',
    'devices.ip',
    'devices.authname',
    'devices.authpass',
    'devices.sysContact',
    'devices.serial',
    'devices.notes',
    'ipv4_mac.mac_address',
    'ipv4_mac.ipv4_address',
    'eventlog.message',
    'eventlog.username',
    'authlog.user',
    'authlog.address',
    'devices_perms.user_id',
    'locations.location',
    'locations.lat',
    'locations.lng',
    'syslog.msg',
    'api_tokens.user_id',
    'api_tokens.token_hash',
    'api_tokens.description',
    'sessions.id',
    'sessions.user_id',
    'sessions.ip_address',
    'sessions.user_agent',
    'sessions.payload',
  ],
}

const lists: Imitation = {
  name: 'mailing lists',
  sql: `
CREATE TABLE "user" (id serial PRIMARY KEY, _user_id uuid, display_name text, password text, _created_on timestamp, is_server_owner boolean, preferences_id int, _preferred_address_id int);
${series(`"user" (_user_id, display_name, password, _created_on, is_server_owner) SELECT gen_random_uuid(), ${given} || ' ' || ${family}, '$6$rounds=1$' || md5(i::text), now(), false`)}
CREATE TABLE address (id serial PRIMARY KEY, email text, _original text, display_name text, verified_on timestamp, registered_on timestamp, user_id int, preferences_id int);
${series(`address (email, display_name, registered_on, user_id) SELECT ${mail}, ${given} || ' ' || ${family}, now(), i`)}
CREATE TABLE mailinglist (id serial PRIMARY KEY, list_name text, mail_host text, list_id text, allow_list_posts boolean, created_at timestamp, description text, display_name text, subject_prefix text, max_message_size int, welcome_message_uri text, archive_policy int, owner_chain text, posting_chain text, preferred_language text, info text);
${series(`mailinglist (list_name, mail_host, list_id, description, display_name, subject_prefix, created_at, preferred_language) SELECT 'list' || i, 'lists.example.org', 'list' || i || '.lists.example.org', 'Talk on garden tools', 'Garden ' || i, '[garden] ', now(), 'en'`, 8)}
CREATE TABLE member (id serial PRIMARY KEY, _member_id uuid, role int, list_id text, moderation_action int, address_id int, preferences_id int, user_id int);
${series(`member (_member_id, role, list_id, address_id, user_id) SELECT gen_random_uuid(), 1, 'list' || (1 + i % 8) || '.lists.example.org', i, i`)}
CREATE TABLE preferences (id serial PRIMARY KEY, acknowledge_posts boolean, hide_address boolean, preferred_language text, delivery_mode int, delivery_status int);
CREATE TABLE ban (id serial PRIMARY KEY, email text, list_id text);
${series(`ban (email, list_id) SELECT 'spam' || i || '@example.net', 'list1.lists.example.org'`, 10)}
CREATE TABLE pended (id serial PRIMARY KEY, token text, expiration_date timestamp);
${series(`pended (token) SELECT md5(i::text)`)}
CREATE TABLE pendedkeyvalue (id serial PRIMARY KEY, key text, value text, pended_id int);
${series(`pendedkeyvalue (key, value, pended_id) SELECT 'email', '"' || ${mail} || '"', i`)}
CREATE TABLE archived_email (id serial PRIMARY KEY, message_id varchar(255), message_id_hash varchar(255), subject varchar(512), content text, date timestamp, timezone smallint, in_reply_to varchar(255), archived_date timestamp, thread_depth int, thread_order int, sender_id varchar(255), sender_name varchar(255), mailinglist_id int);
${series(`archived_email (message_id, message_id_hash, subject, content, date, sender_id, sender_name, mailinglist_id) SELECT md5(i::text) || '@mail.example.org', md5('h' || i), 'Re: pruning shears', 'Dear all, I found these at the market. Greetings, ' || ${given} || ' ' || ${family}, now(), ${mail}, ${given} || ' ' || ${family}, 1`)}
CREATE TABLE sender (address varchar(255) PRIMARY KEY, mailman_id varchar(255));
${series(`sender SELECT ${mail}, md5(i::text)`)}
CREATE TABLE attachment (id serial PRIMARY KEY, email_id int, counter int, name varchar(255), content_type varchar(255), encoding varchar(255), size int, content bytea);
${series(`attachment (email_id, counter, name, content_type, size, content) SELECT i, 1, 'photo' || i || '.jpg', 'image/jpeg', 10, '\\xffd8ffe000104a464946'::bytea`, 20)}
CREATE TABLE vote (id serial PRIMARY KEY, value smallint, email_id int, user_id int);
${series(`vote (value, email_id, user_id) SELECT 1, i, 1 + i % ${people}`, 100)}
CREATE TABLE domain (id serial PRIMARY KEY, mail_host text, description text, alias_domain text);
${series(`domain (mail_host, description) SELECT 'lists' || i || '.example.org', 'A domain'`, 3)}
CREATE TABLE bounceevent (id serial PRIMARY KEY, list_id text, email text, "timestamp" timestamp, message_id text, context int, processed boolean);
${series(`bounceevent (list_id, email, message_id) SELECT 'list1.lists.example.org', ${mail}, md5(i::text)`)}
`,
  personal: [
    'user.id',
    'user._user_id',
    'user.display_name',
    'user.password',
    'user._preferred_address_id',
    'address.id',
    'address.email',
    'address._original',
    'address.display_name',
    'address.user_id',
    'member._member_id',
    'member.address_id',
    'member.user_id',
    'ban.email',
    'pended.token',
    'pendedkeyvalue.value',
    'archived_email.subject',
    'archived_email.content',
    'archived_email.sender_id',
    'archived_email.sender_name',
    'sender.address',
    'sender.mailman_id',
    'attachment.name',
    'attachment.content',
    'vote.user_id',
    'bounceevent.email',
  ],
}

export const imitations: readonly Imitation[] = [groupware, monitoring, lists]
