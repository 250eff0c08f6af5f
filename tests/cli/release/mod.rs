//! Signed releases of information: added with their document, shown, checked, written out again, revoked.

mod add;
mod document;
mod import;
mod paper;
mod portal;

use expect_test::expect;

use crate::world::World;

/// The smallest documents of each type that are whole.
pub const PDF: &[u8] = b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n";
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0....\0\0\0\0IEND\xaeB`\x82";
const JPEG: &[u8] = b"\xff\xd8\xff\xe0\0\x10JFIF\0....\xff\xd9";

/// Providers Oak, Harbour, Willow and the inactive Dormant; the client Ada Moss; staff of three levels; `oak` is a portal
/// account of Oak that may answer, `mute` one that may not, `harbour` one of Harbour.
fn settle(world: &World) {
    world.begin(|world| {
    world.ok("init");
    for name in ["Oak House", "Harbour Care", "Willow Trust", "Dormant Care"] {
        world.ok(&format!("provider create '{name}'"));
    }
    world.ok("provider deactivate Dormant --yes");
    world.ok("client create --given Ada --family Moss --birth-date 1941-03-02");
    world.ok("account create sue --name Sue --level supervisor");
    world.ok("account create stan --name Stan --level standard");
    world.ok("account create oak --name Oak --level provider-portal --resource oak --can answer-sharing");
    world.ok("account create mute --name Mute --level provider-portal --resource oak");
    world.ok("account create harbour --name Harbour --level provider-portal --resource harbour --can answer-sharing");
    for table in ["provider", "client"] {
        let prefix = &table[..3].to_uppercase().replace("PRO", "PRV");
        let count = format!("SELECT count(*) FROM {table} AS other WHERE other.id < {table}.id");
        world.sql(&format!("UPDATE {table} SET code = '{prefix}-00000' || CAST(1 + ({count}) AS TEXT)"));
    }
    for (name, bytes) in [("ada.pdf", PDF), ("ada.png", PNG), ("ada.jpg", JPEG)] {
        world.write(name, bytes);
    }
    world.at("2026-11-22T10:00:00Z");
    world.as_user("sue");
    });
}

/// Gives the only release that has another code the code `ROI-00000N`.
fn name_it(world: &World, number: u8) {
    world.sql(&format!("UPDATE release SET code = 'ROI-00000{number}' WHERE code NOT LIKE 'ROI-00000%'"));
}

// Rule 3.7.
both_engines!(a_release_is_added_shown_and_revoked, |world| {
    settle(world);
    world.story(expect![[r#"
        $ caredesk release list
        2> note: no releases
        $ caredesk release add ada --owner oak --type services --document ada.pdf --signed 2026-11-20 --expires 2026-12-31 --recipient harbour willow harbour --purpose 'care after discharge' --signed-by 'Ada Moss'
        Created release ROI-EKGE4G (Ada Moss): `Oak House` may show services to `Harbour Care`, `Willow Trust` until 2026-12-31.
        2> note: it lacks right to revoke, conditions, redisclosure; `caredesk release check ROI-EKGE4G` says more
        2> warning: nothing is shown to `Harbour Care` for now: `Oak House` is at level 3 for services: it shares nothing; `caredesk sharing setup 'Oak House' --type services --level 1` lets it share with all
        2> warning: nothing is shown to `Willow Trust` for now: `Oak House` is at level 3 for services: it shares nothing; `caredesk sharing setup 'Oak House' --type services --level 1` lets it share with all
        2> warning: `Oak House` does not share services by releases: this one counts once `caredesk sharing setup PRV-000001 --type services --release on` is done
    "#]]);
    name_it(world, 1);
    world.story(expect![[r#"
        $ caredesk release show ROI-000001
        ROI-000001: active until 2026-12-31
        client    Ada Moss (CLI-000001)
        owner     Oak House (PRV-000001)
        shows     services to Harbour Care, Willow Trust
        signed    2026-11-20 by Ada Moss
        purpose   care after discharge
        document  application/pdf, 77 bytes
        sha256    6f71714ba1d09b1fc838e8661ee4d0170fd38f6913426432ad289af8ecc52510
        added     2026-11-22 10:00 (just now) by sue

        ELEMENT          HELD  DETAIL                      OPTION             SOURCE
        client           yes   Ada Moss                                       164.508(c)(1)
        information      yes   services                                       164.508(c)(1)(i)
        owner            yes   Oak House                                      164.508(c)(1)(ii)
        recipients       yes   Harbour Care, Willow Trust                     164.508(c)(1)(iii)
        purpose          yes   care after discharge                           164.508(c)(1)(iv)
        expiry           yes   2026-12-31                                     164.508(c)(1)(v)
        signature        yes   Ada Moss                                       164.508(c)(1)(vi)
        signature date   yes   2026-11-20                                     164.508(c)(1)(vi)
        authority        yes   the client signs                               164.508(c)(1)(vi)
        right to revoke  no                                --right-to-revoke  164.508(c)(2)(i)
        conditions       no                                --conditions       164.508(c)(2)(ii)
        redisclosure     no                                --redisclosure     164.508(c)(2)(iii)
        $ caredesk release show roi-oooo -o json
        {
          "code": "ROI-000001",
          "client": "CLI-000001",
          "client_name": "Ada Moss",
          "owner": "PRV-000001",
          "owner_name": "Oak House",
          "type": "services",
          "status": "active",
          "signed_on": "2026-11-20",
          "expires_on": "2026-12-31",
          "expiry_event": null,
          "signed_by": "Ada Moss",
          "signed_as": null,
          "purpose": "care after discharge",
          "all_providers": false,
          "recipients": [
            {
              "provider": "PRV-000002",
              "provider_name": "Harbour Care"
            },
            {
              "provider": "PRV-000003",
              "provider_name": "Willow Trust"
            }
          ],
          "media_type": "application/pdf",
          "size": 77,
          "sha256": "6f71714ba1d09b1fc838e8661ee4d0170fd38f6913426432ad289af8ecc52510",
          "created_at": "2026-11-22T10:00:01Z",
          "created_by": "sue",
          "revoked_at": null,
          "revoked_by": null,
          "reason": null,
          "withdrawn_on": null,
          "withdrawn_how": null,
          "lacks": [
            "right_to_revoke",
            "conditions",
            "redisclosure"
          ],
          "elements": [
            {
              "element": "client",
              "held": true,
              "detail": "Ada Moss",
              "option": null,
              "source": "164.508(c)(1)"
            },
            {
              "element": "information",
              "held": true,
              "detail": "services",
              "option": null,
              "source": "164.508(c)(1)(i)"
            },
            {
              "element": "owner",
              "held": true,
              "detail": "Oak House",
              "option": null,
              "source": "164.508(c)(1)(ii)"
            },
            {
              "element": "recipients",
              "held": true,
              "detail": "Harbour Care, Willow Trust",
              "option": null,
              "source": "164.508(c)(1)(iii)"
            },
            {
              "element": "purpose",
              "held": true,
              "detail": "care after discharge",
              "option": null,
              "source": "164.508(c)(1)(iv)"
            },
            {
              "element": "expiry",
              "held": true,
              "detail": "2026-12-31",
              "option": null,
              "source": "164.508(c)(1)(v)"
            },
            {
              "element": "signature",
              "held": true,
              "detail": "Ada Moss",
              "option": null,
              "source": "164.508(c)(1)(vi)"
            },
            {
              "element": "signature_date",
              "held": true,
              "detail": "2026-11-20",
              "option": null,
              "source": "164.508(c)(1)(vi)"
            },
            {
              "element": "authority",
              "held": true,
              "detail": "the client signs",
              "option": null,
              "source": "164.508(c)(1)(vi)"
            },
            {
              "element": "right_to_revoke",
              "held": false,
              "detail": null,
              "option": "--right-to-revoke",
              "source": "164.508(c)(2)(i)"
            },
            {
              "element": "conditions",
              "held": false,
              "detail": null,
              "option": "--conditions",
              "source": "164.508(c)(2)(ii)"
            },
            {
              "element": "redisclosure",
              "held": false,
              "detail": null,
              "option": "--redisclosure",
              "source": "164.508(c)(2)(iii)"
            }
          ]
        }
        $ caredesk release list --client ada --owner oak --status active
        CODE        CLIENT    OWNER      TYPE      STATUS  SIGNED ON   EXPIRES ON  ALL PROVIDERS  RECIPIENTS
        ROI-000001  Ada Moss  Oak House  services  active  2026-11-20  2026-12-31  no                      2
        $ caredesk release list --status expired
        2> note: no releases
        $ caredesk release list --status revoked -o json
        []
        $ caredesk release check ROI-0
        ELEMENT          HELD  DETAIL                      OPTION             SOURCE
        client           yes   Ada Moss                                       164.508(c)(1)
        information      yes   services                                       164.508(c)(1)(i)
        owner            yes   Oak House                                      164.508(c)(1)(ii)
        recipients       yes   Harbour Care, Willow Trust                     164.508(c)(1)(iii)
        purpose          yes   care after discharge                           164.508(c)(1)(iv)
        expiry           yes   2026-12-31                                     164.508(c)(1)(v)
        signature        yes   Ada Moss                                       164.508(c)(1)(vi)
        signature date   yes   2026-11-20                                     164.508(c)(1)(vi)
        authority        yes   the client signs                               164.508(c)(1)(vi)
        right to revoke  no                                --right-to-revoke  164.508(c)(2)(i)
        conditions       no                                --conditions       164.508(c)(2)(ii)
        redisclosure     no                                --redisclosure     164.508(c)(2)(iii)
        2> error: release `ROI-000001` lacks 3 of 12 elements
        2> hint: a release is never changed: revoke it and add it again with what the paper says, or have a new one signed
        [exit 4]
        $ caredesk release revoke ROI-0
        2> error: this must be confirmed: Are you sure you want to revoke release ROI-000001 (Ada Moss)? No provider loses access to any record.
        2> hint: confirm with `--yes`, or try it first with `--dry-run`
        [exit 2]
        $ caredesk release revoke ROI-0 --dry-run
        dry run: Revoked release ROI-000001 (Ada Moss). No provider loses access to any record.
        $ caredesk release revoke ROI-0 --yes
        Revoked release ROI-000001 (Ada Moss). No provider loses access to any record.
        $ caredesk release revoke ROI-0 --yes
        Nothing to change: release ROI-000001 was revoked before, by sue.
        $ caredesk release show ROI-0 --columns status,revoked_at,revoked_by
        status      revoked
        revoked at  2026-11-22 10:00 (just now)
        revoked by  sue
        $ caredesk audit list --on ROI-000001
        NUMBER  AT                BY   ACTED BY  ACTION          ON
            14  2026-11-22 10:00  sue            release.revoke  ROI-000001
    "#]]);
});
