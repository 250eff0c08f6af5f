-- Returns the codes of the clients whom those with the ids in $all_in have replaced.
SELECT merged_into, code FROM client WHERE merged_into IN ($all_in) ORDER BY merged_into, id
