//! What a person sees of it.

use expect_test::expect;

use super::begin;

// Rules 7.40, 7.42.
both_engines!(what_was_done_is_listed_shown_and_taken_back, |world| {
    world.begin(begin);
    world.story(expect![[r#"
        $ caredesk referral note REF-00000A 'third floor'
        Changed referral REF-00000A: note none → third floor.
        $ caredesk account permit acme edit-capacity
        Changed account acme: permissions respond-packages → edit-capacity, respond-packages.
        $ caredesk operation list --limit 2
        NUMBER  AT                BY     ACTED BY  ACTION          ON          STATUS  CAN BE UNDONE  UNDOES
            39  2026-11-22 10:00  admin            account.permit  acme        done    yes
            38  2026-11-22 10:00  admin            referral.note   REF-00000A  done    yes
        $ caredesk operation list --action referral --limit 1
        NUMBER  AT                BY     ACTED BY  ACTION         ON          STATUS  CAN BE UNDONE  UNDOES
            38  2026-11-22 10:00  admin            referral.note  REF-00000A  done    yes
        $ caredesk operation list --action refrral
        2> error: nothing was done by an action `refrral`
        2> hint: did you mean `referral.create` or `referral.note`?
        [exit 3]
        $ caredesk undo --dry-run
        dry run: Undid operation 39 (account.permit of acme by admin): acme permissions edit-capacity, respond-packages → respond-packages.
        $ caredesk undo --dry-run --exit-code
        dry run: Undid operation 39 (account.permit of acme by admin): acme permissions edit-capacity, respond-packages → respond-packages.
        [exit 11]
        $ caredesk undo
        2> error: this must be confirmed: Undo operation 39 (account.permit of acme by admin): acme permissions edit-capacity, respond-packages → respond-packages?
        2> hint: confirm with `--yes`, or try it first with `--dry-run`
        [exit 2]
        $ caredesk undo --yes
        Undid operation 39 (account.permit of acme by admin): acme permissions edit-capacity, respond-packages → respond-packages.
        $ caredesk undo --yes
        Undid operation 38 (referral.note of REF-00000A by admin): REF-00000A note third floor → none.
        $ caredesk operation list --limit 4 --columns number,action,on,status,can_be_undone,undoes,why_not
        NUMBER  ACTION          ON          STATUS  CAN BE UNDONE  UNDOES  WHY NOT
            42  operation.undo  38          done    yes                38
            40  operation.undo  39          done    yes                39
            39  account.permit  acme        undone  no                     operation 40 has taken it back
            38  referral.note   REF-00000A  undone  no                     operation 42 has taken it back
        $ caredesk account show acme --columns permissions
        permissions  respond-packages
        $ caredesk referral history REF-00000A
        AT                BY     ACTED BY  ACTION           ON          FIELD  FROM         TO           REASON
        2026-11-22 09:00  admin            referral.create  REF-00000A                      New
        2026-11-22 09:00  admin            visit.add        VIS-000001                      planned
        2026-11-22 09:00  admin            visit.add        VIS-000002                      planned
        2026-11-22 09:00  admin            visit.add        VIS-000003                      planned
        2026-11-22 09:00  admin            visit.add        VIS-000004                      planned
        2026-11-22 10:00  admin            referral.note    REF-00000A  note                third floor
        2026-11-22 10:00  admin            referral.undo    REF-00000A  note   third floor
        $ caredesk audit list --limit 4 --columns number,action,on
        NUMBER  ACTION          ON
            43  operation.undo  38
            42  referral.undo   REF-00000A
            41  operation.undo  39
            40  account.undo    acme
    "#]]);
});

// Rule 7.42.
both_engines!(what_has_changed_since_is_named, |world| {
    world.begin(begin);
    world.story(expect![[r#"
        $ caredesk referral assign REF-00000A acme
        Assigned referral REF-00000A to `Acme Care`; no account is alerted (no e-mail address).
        $ caredesk referral set-status REF-00000A Live
        Changed referral REF-00000A: status New → Live; no account is alerted (no e-mail address).
        $ caredesk --as stan referral note REF-00000A 'third floor'
        Changed referral REF-00000A: note none → third floor.
        $ caredesk operation show 38
        38: referral.assign of REF-00000A, done
        done  2026-11-22 10:00 (just now) by admin
        undo  operation 40 (referral.note of REF-00000A by stan) came after it, and 1 before it

        AT                BY     ACTION           ON          FIELD     TO
        2026-11-22 10:00  admin  referral.assign  REF-00000A  resource  RES-4DHYWN
        2026-11-22 10:00  admin  referral.assign  REF-00000A  provider  PRV-00000A

        NUMBER  AT                BY     ACTION               ON
            40  2026-11-22 10:00  stan   referral.note        REF-00000A
            39  2026-11-22 10:00  admin  referral.set-status  REF-00000A
        $ caredesk undo 38 --yes
        2> error: operation 38 (referral.assign of REF-00000A by admin) cannot be undone: operation 40 (referral.note of REF-00000A by stan) came after it, and 1 before it
        2> hint: `caredesk operation show 40` shows what that changed; undo it first: `caredesk undo 40`
        [exit 4]
        $ caredesk undo 40 --yes
        Undid operation 40 (referral.note of REF-00000A by stan): REF-00000A note third floor → none.
        $ caredesk undo --yes
        Undid operation 39 (referral.set-status of REF-00000A by admin): REF-00000A status Live → New.
        $ caredesk undo --yes
        Undid operation 38 (referral.assign of REF-00000A by admin): REF-00000A resource RES-4DHYWN → none, REF-00000A provider PRV-00000A → none.
        $ caredesk operation show 38
        38: referral.assign of REF-00000A, undone
        done    2026-11-22 10:00 (just now) by admin
        undone  2026-11-22 10:00 (just now)
        undo    `caredesk undo 45` does it again

        AT                BY     ACTION           ON          FIELD     TO
        2026-11-22 10:00  admin  referral.assign  REF-00000A  resource  RES-4DHYWN
        2026-11-22 10:00  admin  referral.assign  REF-00000A  provider  PRV-00000A
        $ caredesk undo 38 --yes
        2> error: operation 38 (referral.assign of REF-00000A by admin) cannot be undone: operation 45 has taken it back
        2> hint: `caredesk undo 45` does it again
        [exit 4]
        $ caredesk undo 44 --yes
        2> error: operation 43 (undo of operation 39 by admin) cannot be undone: operation 45 (undo of operation 38 by admin) came after it
        2> hint: `caredesk operation show 45` shows what that changed; undo it first: `caredesk undo 45`
        [exit 4]
        $ caredesk undo 4711
        2> error: there is no operation `4711`
        2> hint: `caredesk operation list` shows them with their numbers
        [exit 3]
        $ caredesk operation show x
        2> error: there is no operation `x`
        2> hint: `caredesk operation list` shows them with their numbers
        [exit 3]
    "#]]);
});

// Rule 7.44.
both_engines!(what_others_have_changed_of_the_same_since_is_in_the_trail_too, |world| {
    world.begin(begin);
    world.story(expect![[r#"
        $ caredesk queue add-resource 'Home care' RES-00000N
        Linked queue `Home care` to `Night sitting`.
        $ caredesk queue edit 'Home care' --name Care
        Changed queue `Care`: name Home care → Care.
        $ caredesk queue remove-resource Care birch --yes
        Unlinked queue `Care` from `Birch Homecare`.
        $ caredesk queue edit Care --name 'Home care'
        Changed queue `Home care`: name Care → Home care.
        $ caredesk undo 38 --yes
        Undid operation 38 (queue.add-resource of Home care by admin): Home care resources RES-4DHYWN Acme Care, RES-00000N Night sitting → RES-4DHYWN Acme Care.
        $ caredesk undo 40 --yes
        2> error: operation 40 (queue.remove-resource of Care by admin) cannot be undone: operation 41 (queue.edit of Home care by admin) came after it
        2> hint: `caredesk operation show 41` shows what that changed; undo it first: `caredesk undo 41`
        [exit 4]
        $ caredesk contact edit N-1 --phone 3
        Changed contact N-1 (Ada Moss): phone 1 → 3.
        $ caredesk contact edit N-1 --number N-2
        Changed contact N-2 (Ada Moss): number N-1 → N-2.
        $ caredesk contact edit N-2 --number N-1
        Changed contact N-1 (Ada Moss): number N-2 → N-1.
        $ caredesk undo 44 --yes
        Undid operation 44 (contact.edit of N-1 by admin): N-1 phone 3 → 1.
        $ caredesk undo 47 --yes
        Undid operation 47 (undo of operation 44 by admin): N-1 phone 1 → 3.
        $ caredesk audit list --on N-1 --limit 3
        NUMBER  AT                BY     ACTED BY  ACTION        ON
            49  2026-11-22 10:00  admin            contact.undo  N-1
            47  2026-11-22 10:00  admin            contact.undo  N-1
            45  2026-11-22 10:00  admin            contact.edit  N-1
    "#]]);
    world.ok("database check");
});

// Rule 7.40.
both_engines!(what_a_creation_is_taken_back_to_is_said, |world| {
    world.begin(begin);
    world.story(expect![[r#"
        $ caredesk provider create Zed
        Created provider PRV-NYB9CB (Zed).
        $ caredesk undo
        2> error: this must be confirmed: Undo operation 38 (provider.create of PRV-NYB9CB by admin): PRV-NYB9CB removed?
        2> hint: confirm with `--yes`, or try it first with `--dry-run`
        [exit 2]
        $ caredesk undo --yes
        Undid operation 38 (provider.create of PRV-NYB9CB by admin): PRV-NYB9CB removed.
        $ caredesk undo 39 --yes
        Undid operation 39 (undo of operation 38 by admin): PRV-NYB9CB there again.
    "#]]);
});
