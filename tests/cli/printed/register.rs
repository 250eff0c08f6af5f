//! `disclosure pdf`: the accounting of disclosures, which a client takes along.

use super::{must_say, pages};
use crate::visits::accepted;

// Rules 3.10, 8.40, 8.44.
both_engines!(the_register_is_printed_by_itself, |world| {
    accepted(world);
    world.ok("hub edit --name 'Care Hub North'");
    world.ok("client edit CLI-00000A --given 小明 --family देवी");
    world.ok("disclosure pdf CLI-00000A --file none.pdf");
    world.as_user("acme");
    world.ok("package pdf winter --file winter.pdf");
    world.as_user("stan");
    world.ok("package pdf winter --file hub.pdf");
    world.as_user("sue");
    let done = world.json("disclosure pdf CLI-00000A --file register.pdf");
    assert_eq!(done["disclosures"], 2);
    let Some(none) = pages(world, "none.pdf") else { return };
    must_say(&none, &["小明 देवी", "No provider has looked at what another holds."], &["Acme"]);
    let register = pages(world, "register.pdf").unwrap();
    must_say(
        &register,
        &[
            "Register of disclosures",
            "Care Hub North",
            "小明 देवी",
            "2 March 1941",
            "Acme Care (acme)",
            "the hub, as Acme Care sees it (stan)",
            "name, address, phones, note for carers",
            "acceptance PKG",
        ],
        &["[U+", "Elm Road"],
    );
});
