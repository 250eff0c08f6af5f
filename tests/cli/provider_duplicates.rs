//! Providers that may be one organisation (rule 5.7).

use expect_test::expect;

both_engines!(which_may_be_one_organisation_is_listed_with_the_reasons, |world| {
    world.ok("init");
    world.write(
        "homes.csv",
        "id,name,phone,url,address,postal_code\n1,Acme Care,01632 960123,https://acme.example,1 Weir Street,AB1 2CD\n\
         2,ACME  care Ltd,,http://www.acme.example/,1 weir street,ab1 2cd\n3,Birch Homes,+44 1632 960123,,,\n\
         4,Cedar Nursing,,,,\n5,Nursing Cedar,,,,\n",
    );
    world.ok("provider import homes.csv");
    world.story(expect![[r#"
        $ caredesk provider duplicates
        80 of 100  PRV-M39GAH (ACME  care Ltd) and PRV-0FGPME (Acme Care)
                   · names alike: ACME  care Ltd, Acme Care
                   · the same page: http://www.acme.example/
                   · the same address: 1 weir street, ab1 2cd
                   $ caredesk provider merge PRV-0FGPME --into PRV-M39GAH
        50 of 100  PRV-4DHYWN (Cedar Nursing) and PRV-64M0G0 (Nursing Cedar)
                   · the same name: Cedar Nursing
                   $ caredesk provider merge PRV-64M0G0 --into PRV-4DHYWN
        $ caredesk provider duplicates --least 80 -o csv
        score,code,name,other,other_name,reasons,command
        80,PRV-M39GAH,ACME  care Ltd,PRV-0FGPME,Acme Care,"[""names alike: ACME  care Ltd, Acme Care"",""the same page: http://www.acme.example/"",""the same address: 1 weir street, ab1 2cd""]",caredesk provider merge PRV-0FGPME --into PRV-M39GAH
    "#]]);
});
