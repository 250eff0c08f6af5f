//! `sharing import-links` and `sharing import-settings`.

use expect_test::expect;

use super::share;
use crate::own_list;

both_engines!(links_and_settings_come_from_tables, |world| {
    share(world);
    world.write(
        "settings.csv",
        "provider,type,level,client_by_client,require_expiry,default_days\n\
        acme,services,1,no,yes,30\n\
        birch,case-notes,2,,,\n",
    );
    world.write(
        "level.jsonl",
        "{\"provider\":\"acme\",\"type\":\"services\",\"level\":3,\"default_days\":null}\n",
    );
    world.write(
        "links.csv",
        "owner,recipient,type\nacme,birch,services\nacme,cedar,services\nbirch,acme,forms\n",
    );
    world.story(expect![[r#"
        $ caredesk sharing import-settings settings.csv
        Settings: 2 read, 0 created, 2 updated, 0 unchanged, 0 rejected.
        Import IMP-EBSTJG: `caredesk import undo IMP-EBSTJG` takes it back.
        $ caredesk sharing import-settings settings.csv
        Settings: 2 read, 0 created, 0 updated, 2 unchanged, 0 rejected.
        $ caredesk sharing import-links links.csv --dry-run
        dry run: Links: 3 read, 3 created, 0 updated, 0 unchanged, 0 rejected.
        2> note: `Birch Homecare` gains access to 3 records of 2 clients
        2> note: `Cedar Nursing` gains access to 3 records of 2 clients
        $ caredesk sharing import-links links.csv --dry-run -o json --columns gains,losses
        {
          "gains": [
            {
              "recipient": "PRV-00000B",
              "recipient_name": "Birch Homecare",
              "records": 3,
              "clients": 2
            },
            {
              "recipient": "PRV-00000C",
              "recipient_name": "Cedar Nursing",
              "records": 3,
              "clients": 2
            }
          ],
          "losses": [],
          "dry_run": true
        }
        2> {"note":"`Birch Homecare` gains access to 3 records of 2 clients"}
        2> {"note":"`Cedar Nursing` gains access to 3 records of 2 clients"}
        $ caredesk sharing import-links links.csv
        Links: 3 read, 3 created, 0 updated, 0 unchanged, 0 rejected.
        Import IMP-Q9KNZ4: `caredesk import undo IMP-Q9KNZ4` takes it back.
        2> note: `Birch Homecare` gains access to 3 records of 2 clients
        2> note: `Cedar Nursing` gains access to 3 records of 2 clients
        $ caredesk sharing import-links links.csv -o json
        {
          "read": 3,
          "created": 0,
          "updated": 0,
          "unchanged": 3,
          "rejected": 0,
          "cleared": {},
          "not_kept": {},
          "changes": [],
          "more_changes": 0,
          "gains": [],
          "losses": [],
          "import": null
        }
        $ caredesk sharing links --columns owner,recipient,type,sharing
        OWNER       RECIPIENT   TYPE      SHARING
        PRV-00000A  PRV-00000B  services  automatic
        PRV-00000A  PRV-00000C  services  automatic
        PRV-00000B  PRV-00000A  forms     nothing
        $ caredesk record list CLI-00000A --viewer cedar --columns title,basis
        TITLE   BASIS
        Supper  automatic
        Lunch   automatic
        $ caredesk sharing import-settings level.jsonl --dry-run -o json --columns gains,losses
        {
          "gains": [],
          "losses": [
            {
              "recipient": "PRV-00000B",
              "recipient_name": "Birch Homecare",
              "records": 3,
              "clients": 2
            },
            {
              "recipient": "PRV-00000C",
              "recipient_name": "Cedar Nursing",
              "records": 3,
              "clients": 2
            }
          ],
          "dry_run": true
        }
        2> {"note":"`Birch Homecare` loses access to 3 records of 2 clients"}
        2> {"note":"`Cedar Nursing` loses access to 3 records of 2 clients"}
        $ caredesk sharing import-settings level.jsonl
        Settings: 1 read, 0 created, 1 updated, 0 unchanged, 0 rejected.
        Cleared: default days of 1.
        Import IMP-8TS82G: `caredesk import undo IMP-8TS82G` takes it back.
        2> note: `Birch Homecare` loses access to 3 records of 2 clients
        2> note: `Cedar Nursing` loses access to 3 records of 2 clients
        $ caredesk sharing settings acme --columns type,level,require_expiry,default_days
        TYPE          LEVEL  REQUIRE EXPIRY  DEFAULT DAYS
        services          3  yes
        clinical          3  no
        case-notes        3  no
        appointments      3  no
        eligibility       3  no
        forms             3  no
        referrals         3  no
        $ caredesk record list CLI-00000A --viewer cedar --columns title,basis
        2> note: no records
        $ caredesk audit list --limit 3 --columns action,on,by
        ACTION                   ON          BY
        sharing.import-settings  PRV-00000A  admin
        record.read              CLI-00000A  admin
        sharing.import-links     PRV-00000B  admin
        # as stan
        $ caredesk sharing import-links links.csv
        2> error: an account of level `standard` may not change sharing
        2> hint: that takes the level supervisor; `caredesk whoami` says who you are
        [exit 6]
        $ caredesk sharing import-settings settings.csv
        2> error: an account of level `standard` may not change sharing
        2> hint: that takes the level supervisor; `caredesk whoami` says who you are
        [exit 6]
        # as acme
        $ caredesk sharing import-links links.csv
        2> error: an account of level `provider-portal` may not change sharing
        2> hint: that takes the level supervisor; `caredesk whoami` says who you are
        [exit 6]
    "#]]);
});

both_engines!(rows_that_share_nothing_are_rejected, |world| {
    share(world);
    world.write(
        "settings.csv",
        "provider,type,level,client_by_client,default_days\n\
        acme,servises,1,,\n\
        acme,services,4,,\n\
        acme,services,1,maybe,\n\
        acme,services,1,,0\n\
        nix,services,1,,\n\
        acme,services,1,,\n\
        acme,services,2,,\n",
    );
    world.write(
        "links.csv",
        "owner,recipient,type\nacme,acme,services\nacme,,services\nacme,nix,services\nacme,birch,services\n",
    );
    world.story(expect![[r#"
        $ caredesk sharing import-settings settings.csv
        2> rejected: settings.csv line 2: type `servises` is not known: did you mean services?
        2> rejected: settings.csv line 3: level `4` is none of 1, 2 and 3
        2> rejected: settings.csv line 4: column `client_by_client`: `maybe` is neither yes nor no
        2> rejected: settings.csv line 5: default_days `0` is no number from 1 to 36500
        2> rejected: settings.csv line 6: there is no provider `nix`
        2> rejected: settings.csv line 8: the setting of services at `Acme Care` was there before in this import
        2> error: 6 of 7 rows were rejected, so nothing was written
        2> hint: correct the rows, or import the good ones with `--keep-going`
        [exit 5]
        $ caredesk sharing import-links links.csv
        2> rejected: links.csv line 3: has no recipient
        2> rejected: links.csv line 2: `Acme Care` shares nothing with itself: it sees its own records
        2> rejected: links.csv line 4: there is no provider `nix`
        2> error: 3 of 4 rows were rejected, so nothing was written
        2> hint: correct the rows, or import the good ones with `--keep-going`
        [exit 5]
        $ caredesk sharing links
        2> note: no links
    "#]]);
});

// Rule 5.4.
both_engines!(lists_of_links_and_settings_come_in_again, |world| {
    share(world);
    let begin = |world: &crate::world::World| share(world);
    world.ok("sharing setup acme --type services --level 2 --require-expiry on --default-days 90");
    world.ok("sharing setup birch --type clinical --level 1 --release on --client-by-client off");
    world.ok("sharing link acme birch --type services forms");
    world.ok("sharing link birch acme --type clinical");
    own_list::changes_nothing(world, "sharing settings", "sharing import-settings", 14);
    own_list::changes_nothing(world, "sharing links", "sharing import-links", 3);
    let formats = ["-o csv", "-o xlsx"];
    let columns = "provider,type,level,client_by_client,require_expiry,release_sharing,default_days";
    own_list::makes_the_same(world, begin, "sharing settings", "sharing import-settings", columns, &formats);
    let columns = "owner,recipient,type";
    own_list::makes_the_same(world, begin, "sharing links", "sharing import-links", columns, &formats);
});
