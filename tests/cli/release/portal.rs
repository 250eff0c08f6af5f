//! Releases as the portal accounts see them.

use expect_test::expect;

use super::{name_it, settle};

both_engines!(a_portal_account_knows_the_releases_of_its_provider, |world| {
    settle(world);
    world.ok(
        "release add ada --owner oak --type services --document ada.pdf --signed today --recipient harbour",
    );
    name_it(world, 1);
    let lines = [
        "release list",
        "release show ROI-000001",
        "release document ROI-000001 --file out.pdf",
        "release revoke ROI-000001 --yes",
    ];
    world.as_user("mute");
    world.story(expect![[r#"
        $ caredesk release list
        CODE        CLIENT    OWNER      TYPE      STATUS  SIGNED ON   EXPIRES ON  ALL PROVIDERS  RECIPIENTS
        ROI-000001  Ada Moss  Oak House  services  active  2026-11-22              no                      1
        $ caredesk release show ROI-000001
        ROI-000001: active, without a last day
        client    Ada Moss (CLI-000001)
        owner     Oak House (PRV-000001)
        shows     services to Harbour Care
        signed    2026-11-22
        document  application/pdf, 77 bytes
        sha256    6f71714ba1d09b1fc838e8661ee4d0170fd38f6913426432ad289af8ecc52510
        added     2026-11-22 10:00 (just now) by sue

        ELEMENT          HELD  DETAIL            OPTION                       SOURCE
        client           yes   Ada Moss                                       164.508(c)(1)
        information      yes   services                                       164.508(c)(1)(i)
        owner            yes   Oak House                                      164.508(c)(1)(ii)
        recipients       yes   Harbour Care                                   164.508(c)(1)(iii)
        purpose          no                      --purpose                    164.508(c)(1)(iv)
        expiry           no                      --expires or --expiry-event  164.508(c)(1)(v)
        signature        no                      --signed-by                  164.508(c)(1)(vi)
        signature date   yes   2026-11-22                                     164.508(c)(1)(vi)
        authority        yes   the client signs                               164.508(c)(1)(vi)
        right to revoke  no                      --right-to-revoke            164.508(c)(2)(i)
        conditions       no                      --conditions                 164.508(c)(2)(ii)
        redisclosure     no                      --redisclosure               164.508(c)(2)(iii)
        $ caredesk release document ROI-000001 --file out.pdf
        2> error: account `mute` lacks the permission answer-sharing
        2> hint: an admin of the hub can give it
        [exit 6]
        $ caredesk release revoke ROI-000001 --yes
        2> error: account `mute` lacks the permission answer-sharing
        2> hint: an admin of the hub can give it
        [exit 6]
    "#]]);
    world.as_user("harbour");
    let absent = lines.map(|line| line.replace("000001", "00000Z"));
    let absent = world.transcript(&absent.each_ref().map(String::as_str));
    assert_eq!(world.transcript(&lines), absent.replace("00000Z", "000001"));
    world.as_user("oak");
    // Ada is nobody to Oak's account as long as Oak has nothing to do with her.
    world.story(expect![[r#"
        $ caredesk release add ada --owner oak --type forms --document ada.pdf --signed today --all-providers
        2> error: there is no client `ada`
        2> hint: `caredesk client list` shows those that there are
        [exit 3]
        $ caredesk release document ROI-000001 --file out.pdf
        Wrote the document of release ROI-000001 to out.pdf: 77 bytes.
        $ caredesk release revoke ROI-000001 --yes
        Revoked release ROI-000001 (Ada Moss). No provider loses access to any record. No account is alerted (no e-mail address).
    "#]]);
});
