//! `sharing setup`, `sharing link` and `sharing unlink`.

use expect_test::expect;

use super::share;

both_engines!(bad_input_names_what_is_accepted, |world| {
    share(world);
    world.story(expect![[r#"
        $ caredesk category create meals
        2> error: there is a category `meals` already
        2> hint: `--if-not-exists` leaves it as it is
        [exit 4]
        $ caredesk category create meals --if-not-exists
        Nothing to change: category `Meals` exists.
        $ caredesk category create ''
        2> error: invalid value '' for '<NAME>': a name cannot be empty
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk category list
        NAME
        Meals
        Transport
        $ caredesk contract create acme 'ACME meals' --start 2026-01-01 --category meals
        2> error: `Acme Care` has a contract `ACME meals` already
        2> hint: `caredesk contract list --provider PRV-00000A` shows it; `caredesk contract edit` changes it
        [exit 4]
        $ caredesk contract create acme other --start 2026-01-02 --stop 2026-01-01 --category meals
        2> error: a contract cannot stop on 2026-01-01, before it starts on 2026-01-02
        2> hint: `--stop` is its last day; `--stop none` leaves it open
        [exit 5]
        $ caredesk contract create acme other --start 2026-01-02
        2> error: the following required arguments were not provided:
        2>   --category <CATEGORY>...
        2>
        2> Usage: caredesk contract create [OPTIONS] <PROVIDER> <NAME> --start <DATE> --category <CATEGORY>...
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk contract create acme other --start 2026-01-02 --category meels
        2> error: there is no category `meels`
        2> hint: did you mean `Meals`? `caredesk category list` shows all
        [exit 3]
        $ caredesk contract create acme CTR-1 --start 2026-01-02 --category meals
        2> error: invalid value 'CTR-1' for '<NAME>': `CTR-1` has the form of a code of ours
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk contract edit 'acme meals' --category meals --category transport --stop 2027-01-31
        Changed contract CTR-KH3QER (Acme meals): ends on none → 2027-01-31, categories Meals → Meals, Transport.
        $ caredesk contract edit 'acme meals' --category transport meals --stop 2027-01-31
        Nothing to change: contract CTR-KH3QER (Acme meals) stays as it is.
        $ caredesk contract edit 'acme meals' --category transport --category meals --stop 2027-01-31
        Nothing to change: contract CTR-KH3QER (Acme meals) stays as it is.
        $ caredesk contract show 'acme meals' --columns name,starts_on,ends_on,active,categories
        name        Acme meals
        starts on   2026-01-01
        ends on     2027-01-31
        active      yes
        categories  Meals, Transport
        $ caredesk contract list --provider birch --active --columns name,ends_on
        NAME         ENDS ON
        Birch meals  2026-12-31
        $ caredesk client enroll CLI-00000A acme --date tomorrow
        2> error: 2026-11-23 is still to come, and today is 2026-11-22
        2> hint: say it on the day, or leave `--date` out
        [exit 5]
        $ caredesk client enroll CLI-00000A acme --status gone
        2> error: invalid value 'gone' for '--status <STATUS>'
        2>   [possible values: active, inactive]
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk client enroll CLI-00000A acme
        Changed client CLI-00000A (Ada Moss): active at `Acme Care` since 2026-11-22.
        $ caredesk client enroll CLI-00000A acme
        Nothing to change: client CLI-00000A (Ada Moss) is active at `Acme Care` since 2026-11-22.
        $ caredesk client enroll CLI-00000A acme --status inactive -o json
        {
          "client": "CLI-00000A",
          "client_name": "Ada Moss",
          "provider": "PRV-00000A",
          "provider_name": "Acme Care",
          "status": "inactive",
          "since_on": "2026-11-22",
          "result": "updated",
          "changes": [
            {
              "field": "status",
              "from": "active",
              "to": "inactive"
            }
          ],
          "gains": [],
          "losses": [],
          "stops": []
        }
        $ caredesk record add CLI-00000A --provider acme --type servicse --date today --title x
        2> error: invalid value 'servicse' for '--type <TYPE>'
        2>   [possible values: services, clinical, case-notes, appointments, eligibility, forms, referrals]
        2>
        2>   tip: a similar value exists: 'services'
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk record add CLI-00000A --provider acme --type services --date today --title x --contract 'birch meals'
        2> error: there is no contract `birch meals`
        2> hint: `caredesk contract list` shows those that there are
        [exit 3]
        $ caredesk record add CLI-00000A --provider birch --type services --date today --title x --contract 'birch meals' --category transport
        2> error: CTR-EKGE4G is not a contract for `Transport`, but for Meals
        2> hint: `caredesk contract show CTR-EKGE4G` shows it
        [exit 4]
        $ caredesk sharing link acme birch --type case_notes
        2> error: invalid value 'case_notes' for '--type <TYPE>...'
        2>   [possible values: services, clinical, case-notes, appointments, eligibility, forms, referrals]
        2>
        2>   tip: a similar value exists: 'case-notes'
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk sharing setup acme --type services --client-by-client yes
        2> error: invalid value 'yes' for '--client-by-client <on|off>'
        2>   [possible values: on, off]
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk sharing setup acme --type services --default-days 5 --no-default-days
        2> error: the argument '--default-days <N>' cannot be used with '--no-default-days'
        2>
        2> Usage: caredesk sharing setup [OPTIONS] <PROVIDER> --type <TYPE>...
        2>
        2> For more information, try '--help'.
        [exit 2]
    "#]]);
});

both_engines!(a_change_says_who_loses_sight, |world| {
    share(world);
    world.ok("sharing setup acme --type services --level 1 --client-by-client off");
    world.story(expect![[r#"
        $ caredesk sharing link acme birch --type services
        Linked `Acme Care` to `Birch Homecare` for services, automatically. `Birch Homecare` gains access to 3 records of 2 clients.
        $ caredesk sharing link acme cedar --type services
        Linked `Acme Care` to `Cedar Nursing` for services, automatically. `Cedar Nursing` gains access to 3 records of 2 clients.
        $ caredesk sharing link acme cedar --type services
        Nothing to change: `Acme Care` is linked to `Cedar Nursing` for services.
        $ caredesk sharing setup acme --type services --level 2 --dry-run -o json
        {
          "provider": "PRV-00000A",
          "provider_name": "Acme Care",
          "type": "services",
          "level": 2,
          "client_by_client": false,
          "require_expiry": false,
          "release_sharing": false,
          "default_days": null,
          "sharing": "automatic",
          "notice": null,
          "result": "updated",
          "changes": [
            {
              "field": "level",
              "from": 1,
              "to": 2
            }
          ],
          "gains": [],
          "losses": [
            {
              "recipient": "PRV-00000B",
              "recipient_name": "Birch Homecare",
              "records": 1,
              "clients": 1
            },
            {
              "recipient": "PRV-00000C",
              "recipient_name": "Cedar Nursing",
              "records": 3,
              "clients": 2
            }
          ],
          "stops": [],
          "dry_run": true
        }
        $ caredesk sharing setup acme --type services --level 2
        Changed sharing of services by `Acme Care`: level 2, automatic once linked. `Birch Homecare` loses access to 1 record of 1 client. `Cedar Nursing` loses access to 3 records of 2 clients.
        $ caredesk sharing setup acme --type services --level 2
        Nothing to change: `Acme Care` is at level 2 for services already.
        $ caredesk sharing setup acme --type services --level 3 --dry-run
        dry run: Changed sharing of services by `Acme Care`: level 3, nothing is shared. `Birch Homecare` loses access to 2 records of 1 client.
        $ caredesk sharing unlink acme birch --type services --dry-run
        dry run: Unlinked `Acme Care` from `Birch Homecare` for services. `Birch Homecare` loses access to 2 records of 1 client.
        $ caredesk sharing unlink acme birch --type services
        Unlinked `Acme Care` from `Birch Homecare` for services. `Birch Homecare` loses access to 2 records of 1 client.
        $ caredesk sharing unlink acme birch --type services
        Nothing to change: `Acme Care` is not linked to `Birch Homecare` for services.
        $ caredesk sharing links cedar
        OWNER      RECIPIENT      TYPE      SHARING    EDITABLE
        Acme Care  Cedar Nursing  services  automatic  no
    "#]]);
});
