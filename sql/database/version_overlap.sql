-- Returns the first hundred things of sharing of which two versions hold at one time. What has a code is named by it, the
-- rest by the provider's.
SELECT offender FROM (
    SELECT provider.code AS offender FROM sharing_setting AS one
    JOIN sharing_setting AS other ON other.provider_id = one.provider_id AND other.data_type = one.data_type
        AND other.id <> one.id
        AND other.from_at >= one.from_at AND (one.until_at IS NULL OR one.until_at > other.from_at)
        AND (other.until_at IS NULL OR other.until_at > other.from_at)
    JOIN provider ON provider.id = one.provider_id
    UNION
    SELECT provider.code AS offender FROM sharing_link AS one
    JOIN sharing_link AS other ON other.owner_id = one.owner_id AND other.recipient_id = one.recipient_id
        AND other.data_type = one.data_type AND other.id <> one.id
        AND other.from_at >= one.from_at AND (one.until_at IS NULL OR one.until_at > other.from_at)
        AND (other.until_at IS NULL OR other.until_at > other.from_at)
    JOIN provider ON provider.id = one.owner_id
    UNION
    SELECT client.code AS offender FROM enrolment AS one
    JOIN enrolment AS other ON other.client_id = one.client_id AND other.provider_id = one.provider_id AND other.id <> one.id
        AND other.from_at >= one.from_at AND (one.until_at IS NULL OR one.until_at > other.from_at)
        AND (other.until_at IS NULL OR other.until_at > other.from_at)
    JOIN client ON client.id = one.client_id
    UNION
    SELECT request.code AS offender FROM sharing_answer AS one
    JOIN sharing_answer AS other ON other.request_id = one.request_id AND other.id <> one.id
        AND other.from_at >= one.from_at AND (one.until_at IS NULL OR one.until_at > other.from_at)
        AND (other.until_at IS NULL OR other.until_at > other.from_at)
    JOIN sharing_request AS request ON request.id = one.request_id
    UNION
    SELECT contract.code AS offender FROM contract_term AS one
    JOIN contract_term AS other ON other.contract_id = one.contract_id AND other.id <> one.id
        AND other.from_at >= one.from_at AND (one.until_at IS NULL OR one.until_at > other.from_at)
        AND (other.until_at IS NULL OR other.until_at > other.from_at)
    JOIN contract ON contract.id = one.contract_id
    UNION
    SELECT contract.code AS offender FROM contract_category AS one
    JOIN contract_category AS other ON other.contract_id = one.contract_id AND other.category_id = one.category_id
        AND other.id <> one.id
        AND other.from_at >= one.from_at AND (one.until_at IS NULL OR one.until_at > other.from_at)
        AND (other.until_at IS NULL OR other.until_at > other.from_at)
    JOIN contract ON contract.id = one.contract_id
) AS overlapping
ORDER BY offender
LIMIT 100
