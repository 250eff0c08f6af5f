-- Returns what is so between the owner $1 and the recipient $2 for the client $3 and the data type $4. The transaction says
-- where it stands.
SELECT
    EXISTS (SELECT 1 FROM sharing_link AS link
        WHERE link.owner_id = $1 AND link.recipient_id = $2 AND link.data_type = $4 AND link.until_at IS NULL) AS is_linked,
    EXISTS (SELECT 1 FROM served AS there
        JOIN served AS here ON here.client_id = there.client_id AND here.category_id = there.category_id
        WHERE there.client_id = $3 AND there.provider_id = $1 AND here.provider_id = $2) AS has_common_category,
    EXISTS (SELECT 1 FROM enrolled WHERE enrolled.client_id = $3 AND enrolled.provider_id = $1) AS active_at_owner,
    EXISTS (SELECT 1 FROM enrolled WHERE enrolled.client_id = $3 AND enrolled.provider_id = $2) AS active_at_recipient
