//! Names as they are folded to be searched: done anew after an upgrade to another way to fold, since SQL cannot.

use crate::store::prelude::*;

/// A name that is folded otherwise by now: its table, key, position, and the folded form.
type Refolded = (String, Id<()>, i64, String);

pub(super) fn refold(tx: &mut Tx<'_>) -> Result<()> {
    for (of, id, position, key) in names(tx)? {
        match of.as_str() {
            "client" => update_client(tx, id, &key)?,
            "former" => update_former(tx, id, &key, position)?,
            "contact" => update_contact(tx, id, &key)?,
            "provider" => update_provider(tx, id, &key)?,
            "resource" => update_resource(tx, id, &key)?,
            _ => update_detail(tx, id, &key, position)?,
        }
    }
    Ok(())
}

/// Only those whose folded form is another than the stored one: few are written with an apostrophe or a rare letter.
fn names(tx: &mut Tx<'_>) -> Result<Vec<Refolded>> {
    let mut all = Vec::new();
    tx.each(sql!("folded/names"), params![], |row| {
        let key = fold_name(&row.get::<String>("name")?);
        if key != row.get::<String>("name_key")? {
            all.push((row.get("kind")?, row.get("id")?, row.get("position")?, key));
        }
        Ok(())
    })?;
    Ok(all)
}

fn update_client(tx: &mut Tx<'_>, id: Id<()>, key: &str) -> Result<()> {
    tx.run(sql!("folded/update_client"), params![id, key]).map(drop)
}

fn update_former(tx: &mut Tx<'_>, id: Id<()>, key: &str, position: i64) -> Result<()> {
    tx.run(sql!("folded/update_former"), params![id, key, position]).map(drop)
}

fn update_contact(tx: &mut Tx<'_>, id: Id<()>, key: &str) -> Result<()> {
    tx.run(sql!("folded/update_contact"), params![id, key]).map(drop)
}

fn update_provider(tx: &mut Tx<'_>, id: Id<()>, key: &str) -> Result<()> {
    tx.run(sql!("folded/update_provider"), params![id, key]).map(drop)
}

fn update_resource(tx: &mut Tx<'_>, id: Id<()>, key: &str) -> Result<()> {
    tx.run(sql!("folded/update_resource"), params![id, key]).map(drop)
}

fn update_detail(tx: &mut Tx<'_>, id: Id<()>, key: &str, position: i64) -> Result<()> {
    tx.run(sql!("folded/update_detail"), params![id, key, position]).map(drop)
}
