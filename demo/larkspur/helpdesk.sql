CREATE TABLE contacts (id int PRIMARY KEY, address text NOT NULL UNIQUE, full_name text, staff boolean NOT NULL DEFAULT false);
CREATE TABLE tickets (id int PRIMARY KEY, subject text NOT NULL, state text NOT NULL, agent_id int REFERENCES contacts, touched_at timestamptz NOT NULL);
CREATE TABLE ticket_people (
  id int PRIMARY KEY, ticket_id int NOT NULL REFERENCES tickets, contact_id int NOT NULL REFERENCES contacts, role text NOT NULL);
CREATE TABLE messages (
  id int PRIMARY KEY, ticket_id int NOT NULL REFERENCES tickets, author_id int REFERENCES contacts, encoding text NOT NULL,
  body text, sent_at timestamptz NOT NULL);
INSERT INTO contacts VALUES
  (1, 'jo.helps@larkspur.example', 'Jo Helps', true), (2, 'mira.valdez@example.org', 'Mira Valdez', false),
  (3, 'tomas.valdez@example.org', 'Tomas Valdez', false), (4, 'mira.v@example.net', 'Mira Valdez', false);
INSERT INTO tickets VALUES
  (1, 'The fork of Mira Valdez is bent', 'closed', 1, '2024-04-01 10:00Z'),
  (2, 'One delivery for two people', 'open', 1, '2025-02-01 10:00Z'),
  (3, 'Twine missing', 'closed', 1, '2024-10-01 10:00Z');
-- The second ticket belongs to Mira and Tomas together.
INSERT INTO ticket_people VALUES (1, 1, 2, 'requester'), (2, 2, 2, 'requester'), (3, 2, 3, 'requester'), (4, 3, 4, 'requester');
INSERT INTO messages VALUES
  (1, 1, 2, 'none', 'It bent on the first day. Mira Valdez, mira.valdez@example.org', '2024-03-30 09:00Z'),
  (2, 1, 1, 'none', 'A new one is on its way.', '2024-04-01 10:00Z'),
  (3, 2, 2, 'quoted-printable', E'Please send both parcels to 4 Harbour Row =E2=80=93 thank you.\nMira=20Valdez', '2025-01-31 09:00Z'),
  (4, 2, 3, 'base64', 'QWdyZWVkLCBhbmQgY29weSBtaXJhLnZhbGRlekBleGFtcGxlLm9yZywgcGxlYXNlLiBUb21hcw==', '2025-01-31 10:00Z'),
  (5, 3, 4, 'none', 'Two rolls were paid, one came. Mira Valdez', '2024-09-30 09:00Z');
