CREATE TABLE addresses (id int PRIMARY KEY, street text, town text);
CREATE TABLE customers (
  id int PRIMARY KEY, email text NOT NULL UNIQUE, name text, phone text, address_id int REFERENCES addresses,
  joined_on date NOT NULL, referred_by text);
CREATE TABLE orders (id int PRIMARY KEY, customer_id int NOT NULL REFERENCES customers, placed_on date NOT NULL, note text);
CREATE TABLE order_lines (id int PRIMARY KEY, order_id int NOT NULL REFERENCES orders, article text NOT NULL, quantity int NOT NULL);
CREATE TABLE invoices (
  id int PRIMARY KEY, customer_id int NOT NULL REFERENCES customers, amount_cents int NOT NULL, issued_on date NOT NULL, memo text);
CREATE TABLE reviews (id int PRIMARY KEY, customer_id int REFERENCES customers, article text NOT NULL, words text NOT NULL);
CREATE TABLE wishlists (id int PRIMARY KEY, customer_id int NOT NULL REFERENCES customers, title text);
-- Nobody mapped this table, and a deleted wish list would take its rows along.
CREATE TABLE wishlist_guests (id int PRIMARY KEY, wishlist_id int NOT NULL REFERENCES wishlists ON DELETE CASCADE, guest text);
CREATE INDEX ON orders (customer_id);
CREATE INDEX ON order_lines (order_id);
CREATE INDEX ON invoices (customer_id);

INSERT INTO addresses VALUES
  (1, '4 Harbour Row', 'Cork'), (2, '18 Mill Lane', 'Galway'), (3, '7 Orchard Way', 'Sligo');
-- Mira shares her address with Tomas; another Mira Valdez has the same name; one address only contains hers.
INSERT INTO customers VALUES
  (1, 'mira.valdez@example.org', 'Mira Valdez', '+353 21 555 0101', 1, '2021-03-02', NULL),
  (2, 'tomas.valdez@example.org', 'Tomas Valdez', '+353 21 555 0102', 1, '2021-04-11', NULL),
  (3, 'mira.v@example.net', 'Mira Valdez', '+353 91 555 0103', 2, '2022-01-20', NULL),
  (4, 'admira.valdez@example.org', 'Adrian Miravel', '+353 71 555 0104', 3, '2022-06-30', NULL),
  (5, 'noel.byrne@example.com', 'Noel Byrne', '+353 71 555 0105', 3, '2023-02-14', NULL),
  (6, 'orla.quinn@example.com', 'Orla Quinn', '+353 71 555 0106', NULL, '2024-05-05', 'noel.byrne@example.com');
INSERT INTO customers
  SELECT 100 + n, 'gardener' || n || '@example.com', 'Gardener ' || n, '+353 1 555 ' || lpad(n::text, 4, '0'), NULL, date '2023-01-01' + n, NULL
  FROM generate_series(1, 400) n;
INSERT INTO orders VALUES
  (1, 1, '2024-03-01', 'Leave it with Tomas, please. Mira'), (2, 1, '2016-05-05', NULL), (3, 2, '2024-03-09', 'Ring twice'),
  (4, 3, '2024-09-09', NULL), (5, 5, '2025-01-15', NULL);
INSERT INTO order_lines VALUES
  (1, 1, 'Hand fork', 1), (2, 1, 'Seed trays', 4), (3, 2, 'Watering can', 1), (4, 3, 'Pruning saw', 1), (5, 4, 'Twine', 2), (6, 5, 'Spade', 1);
INSERT INTO orders SELECT 100 + n, 100 + n, date '2024-01-01' + n, NULL FROM generate_series(1, 400) n;
INSERT INTO order_lines SELECT 100 + n, 100 + n, 'Bulbs', 1 + n % 5 FROM generate_series(1, 400) n;
INSERT INTO invoices VALUES
  (1, 1, 4350, '2024-03-01', 'To Mira Valdez, 4 Harbour Row'), (2, 1, 1990, '2016-05-05', 'To Mira Valdez'),
  (3, 2, 2500, '2024-03-09', 'To Tomas Valdez'), (4, 3, 600, '2024-09-09', 'To Mira Valdez');
INSERT INTO reviews VALUES
  (1, 1, 'Hand fork', 'Good weight. Ask me: mira.valdez@example.org'), (2, 5, 'Spade', 'Thanks to mira.valdez@example.org for the tip!');
INSERT INTO wishlists VALUES (1, 1, 'Spring'), (2, 5, 'Wedding');
INSERT INTO wishlist_guests VALUES (1, 2, 'orla.quinn@example.com'), (2, 2, 'somebody@example.net');

-- The Leaflet, the counting of pages, and the Stakes of the app.
CREATE TABLE leaflet (id int PRIMARY KEY, customer_id int NOT NULL REFERENCES customers, topic text NOT NULL, asked_on date NOT NULL, stopped_on date);
CREATE TABLE visits (
  id int PRIMARY KEY, customer_id int REFERENCES customers, cookie text NOT NULL, page text NOT NULL, seen_at timestamptz NOT NULL);
CREATE TABLE stakes (
  id int PRIMARY KEY, customer_id int NOT NULL REFERENCES customers, serial text NOT NULL UNIQUE, readings text, crash text,
  reported_at timestamptz);
INSERT INTO leaflet VALUES (1, 1, 'roses', '2024-03-01', NULL), (2, 5, 'lawns', '2025-01-15', '2025-06-01');
INSERT INTO visits VALUES
  (1, 1, 'c-7f31', '/forks', '2026-10-30 18:20Z'), (2, 1, 'c-7f31', '/basket', '2026-10-30 18:24Z'), (3, NULL, 'c-90ab', '/', '2026-11-02 07:00Z');
INSERT INTO stakes VALUES
  (1, 1, 'LS-000217', 'moisture 31, light 8, warmth 14', 'out of memory near mira.valdez@example.org', '2026-11-21 06:00Z'),
  (2, 6, 'LS-000342', 'moisture 44, light 9, warmth 12', NULL, '2026-11-21 06:00Z');
