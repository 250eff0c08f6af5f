-- Adds to the register: $1 id, $2 when, $3 client, $4 owner, $5 recipient, $6 data type, $7 records, $8 basis, $9 request or
-- release, $10 account, $11 login of who acted as that, $12 command, $13 whether staff looked
-- through its eyes. A look that goes on adds to its own row.
INSERT INTO disclosure (id, at, client_id, owner_id, recipient_id, data_type, records, basis, source, account_id,
    acted_by, command, preview)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
ON CONFLICT (id) DO UPDATE SET records = disclosure.records + excluded.records
