//! `category`: the sorts of service that contracts and records name.

use expect_test::expect;

both_engines!(categories_are_made_and_listed, |world| {
    world.ok("init");
    world.ok("account create stan --name Stan --level standard");
    world.story(expect![[r#"
        $ caredesk category list
        2> note: no categories
        $ caredesk category create 'Home meals'
        Created category `Home meals`.
        $ caredesk category create 'HOME  MEALS'
        2> error: there is a category `HOME  MEALS` already
        2> hint: `--if-not-exists` leaves it as it is
        [exit 4]
        $ caredesk category create 'home meals' --if-not-exists -o json
        {
          "name": "Home meals",
          "result": "unchanged",
          "changes": []
        }
        $ caredesk category create Transport --dry-run
        dry run: Created category `Transport`.
        $ caredesk category create Transport
        Created category `Transport`.
        $ caredesk category list
        NAME
        Home meals
        Transport
        $ caredesk category list -o csv
        name
        Home meals
        Transport
        $ caredesk audit list --columns by,action,on
        BY     ACTION           ON
        admin  category.create  Transport
        admin  category.create  Home meals
        admin  account.create   stan
        admin  database.init    admin
        # as stan
        $ caredesk category create Washing
        2> error: an account of level `standard` may not change sharing
        2> hint: that takes the level supervisor; `caredesk whoami` says who you are
        [exit 6]
        $ caredesk category list -q
        Home meals
        Transport
    "#]]);
});
