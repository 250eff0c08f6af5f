//! `release check`: what the paper says.

use expect_test::expect;

use super::{name_it, settle};

both_engines!(what_the_paper_says_makes_it_complete, |world| {
    settle(world);
    let said = "--purpose 'at the request of the client' --expiry-event 'end of treatment' --right-to-revoke --conditions --redisclosure";
    world.ok(&format!("release add ada --owner oak --type clinical --document ada.png --signed today --all-providers {said} --signed-by 'Ben Moss'"));
    name_it(world, 1);
    world.ok(&format!("release add ada --owner oak --type clinical --document ada.jpg --signed today --all-providers {said} --signed-by 'Ben Moss' --signed-as 'legal guardian'"));
    name_it(world, 2);
    world.story(expect![[r#"
        $ caredesk release check ROI-000001
        ELEMENT          HELD  DETAIL                        OPTION       SOURCE
        client           yes   Ada Moss                                   164.508(c)(1)
        information      yes   clinical                                   164.508(c)(1)(i)
        owner            yes   Oak House                                  164.508(c)(1)(ii)
        recipients       yes   all providers                              164.508(c)(1)(iii)
        purpose          yes   at the request of the client               164.508(c)(1)(iv)
        expiry           yes   end of treatment                           164.508(c)(1)(v)
        signature        yes   Ben Moss                                   164.508(c)(1)(vi)
        signature date   yes   2026-11-22                                 164.508(c)(1)(vi)
        authority        no                                  --signed-as  164.508(c)(1)(vi)
        right to revoke  yes   the document says so                       164.508(c)(2)(i)
        conditions       yes   the document says so                       164.508(c)(2)(ii)
        redisclosure     yes   the document says so                       164.508(c)(2)(iii)
        2> error: release `ROI-000001` lacks 1 of 12 elements
        2> hint: a release is never changed: revoke it and add it again with what the paper says, or have a new one signed
        [exit 4]
        $ caredesk release check ROI-000002
        ELEMENT          HELD  DETAIL                        OPTION  SOURCE
        client           yes   Ada Moss                              164.508(c)(1)
        information      yes   clinical                              164.508(c)(1)(i)
        owner            yes   Oak House                             164.508(c)(1)(ii)
        recipients       yes   all providers                         164.508(c)(1)(iii)
        purpose          yes   at the request of the client          164.508(c)(1)(iv)
        expiry           yes   end of treatment                      164.508(c)(1)(v)
        signature        yes   Ben Moss                              164.508(c)(1)(vi)
        signature date   yes   2026-11-22                            164.508(c)(1)(vi)
        authority        yes   legal guardian                        164.508(c)(1)(vi)
        right to revoke  yes   the document says so                  164.508(c)(2)(i)
        conditions       yes   the document says so                  164.508(c)(2)(ii)
        redisclosure     yes   the document says so                  164.508(c)(2)(iii)
        $ caredesk release check ROI-000001 -o json
        [
        {"element":"client","held":true,"detail":"Ada Moss","option":null,"source":"164.508(c)(1)"},
        {"element":"information","held":true,"detail":"clinical","option":null,"source":"164.508(c)(1)(i)"},
        {"element":"owner","held":true,"detail":"Oak House","option":null,"source":"164.508(c)(1)(ii)"},
        {"element":"recipients","held":true,"detail":"all providers","option":null,"source":"164.508(c)(1)(iii)"},
        {"element":"purpose","held":true,"detail":"at the request of the client","option":null,"source":"164.508(c)(1)(iv)"},
        {"element":"expiry","held":true,"detail":"end of treatment","option":null,"source":"164.508(c)(1)(v)"},
        {"element":"signature","held":true,"detail":"Ben Moss","option":null,"source":"164.508(c)(1)(vi)"},
        {"element":"signature_date","held":true,"detail":"2026-11-22","option":null,"source":"164.508(c)(1)(vi)"},
        {"element":"authority","held":false,"detail":null,"option":"--signed-as","source":"164.508(c)(1)(vi)"},
        {"element":"right_to_revoke","held":true,"detail":"the document says so","option":null,"source":"164.508(c)(2)(i)"},
        {"element":"conditions","held":true,"detail":"the document says so","option":null,"source":"164.508(c)(2)(ii)"},
        {"element":"redisclosure","held":true,"detail":"the document says so","option":null,"source":"164.508(c)(2)(iii)"}
        ]
        2> {"error":{"kind":"refused","code":"release.incomplete","message":"release `ROI-000001` lacks 1 of 12 elements","hint":"a release is never changed: revoke it and add it again with what the paper says, or have a new one signed","details":{"lacks":["authority"]}}}
        [exit 4]
        $ caredesk release show ROI-000002
        ROI-000002: active, without a last day
        client     Ada Moss (CLI-000001)
        owner      Oak House (PRV-000001)
        shows      clinical to all providers
        signed     2026-11-22 by Ben Moss (legal guardian)
        ends with  end of treatment
        purpose    at the request of the client
        document   image/jpeg, 17 bytes
        sha256     cf7a681ec1ccab13c385e1a39ef4e2049d1a9c623e00ff690b17698be8144728
        added      2026-11-22 10:00 (just now) by sue

        ELEMENT          HELD  DETAIL                        SOURCE
        client           yes   Ada Moss                      164.508(c)(1)
        information      yes   clinical                      164.508(c)(1)(i)
        owner            yes   Oak House                     164.508(c)(1)(ii)
        recipients       yes   all providers                 164.508(c)(1)(iii)
        purpose          yes   at the request of the client  164.508(c)(1)(iv)
        expiry           yes   end of treatment              164.508(c)(1)(v)
        signature        yes   Ben Moss                      164.508(c)(1)(vi)
        signature date   yes   2026-11-22                    164.508(c)(1)(vi)
        authority        yes   legal guardian                164.508(c)(1)(vi)
        right to revoke  yes   the document says so          164.508(c)(2)(i)
        conditions       yes   the document says so          164.508(c)(2)(ii)
        redisclosure     yes   the document says so          164.508(c)(2)(iii)
    "#]]);
});
