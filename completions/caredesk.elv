
use builtin;
use str;

set edit:completion:arg-completer[caredesk] = {|@words|
    fn spaces {|n|
        builtin:repeat $n ' ' | str:join ''
    }
    fn cand {|text desc|
        edit:complex-candidate $text &display=$text' '(spaces (- 14 (wcswidth $text)))$desc
    }
    var command = 'caredesk'
    for word $words[1..-1] {
        if (str:has-prefix $word '-') {
            break
        }
        set command = $command';'$word
    }
    var completions = [
        &'caredesk'= {
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand init 'Make a new database; you become its first admin'
            cand demo 'See a small invented town outsource a week of care'
            cand whoami 'Say who acts, and where'
            cand provider 'Organisations that deliver care'
            cand client 'People who receive care'
            cand contact 'Submitted intake records'
            cand queue 'Named lists of referrals, with statuses of their own'
            cand resource 'What referrals are sent to: agencies and their programs'
            cand capacity 'How many more referrals resources can take'
            cand account 'People who act, and what they may do'
            cand referral 'Needs of clients'
            cand visit 'Planned calls of a referral'
            cand schedule 'A referral''s visits as a calendar'
            cand outsource 'Offer visits of a referral to several providers; the first to accept wins'
            cand package 'Offered packages and the answers to them'
            cand category 'Sorts of service, as contracts and records name them'
            cand contract 'Under which providers deliver services'
            cand record 'What providers have written down about clients, and who sees it'
            cand sharing 'Who shares which data of whom with whom'
            cand release 'Signed releases of information, and their documents'
            cand disclosure 'The register of who looked at whose records'
            cand alert 'Messages to portal accounts that a referral was assigned to them'
            cand report 'How many referrals wait where, and who can take more'
            cand audit 'Who changed what, and when'
            cand database 'Look after the database as a whole'
            cand completions 'Print the completions for a shell'
            cand man 'Write manual pages into a folder'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;init'= {
            cand --admin 'The login of the first admin [default: yours]'
            cand --time-zone 'The time zone of the hub''s calendar, such as Europe/London'
            cand --hub 'What the hub calls itself, for the letterhead of what is printed'
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand --if-not-exists 'Leave a database that is there as it is'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;demo'= {
            cand --directory 'Take the providers from this HSDS directory instead of the invented town'
            cand --keep 'Keep the database here, to look around in afterwards'
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;whoami'= {
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;provider'= {
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand create 'Make a provider, with its agency record'
            cand list 'List providers by name'
            cand show 'Show a provider with its resources, phones and addresses'
            cand edit 'Change what is given; `none` clears'
            cand activate 'Offer packages to it again'
            cand deactivate 'Offer it nothing new; everything stays in the history'
            cand add-resource 'Make a program of a provider, and give portal accounts access to it'
            cand remove-resource 'Take a program away: it becomes inactive, nobody acts for it any more, and its history stays'
            cand import 'Take over providers from a directory'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;provider;create'= {
            cand --email 'Where to write'
            cand --phone 'Where to call'
            cand --postal-code 'Its postal code'
            cand --url 'Its page on the web'
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand --if-not-exists 'Leave a provider of this name as it is'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;provider;list'= {
            cand --name 'Only names that begin so'
            cand --limit 'At most so many [default on a terminal: 100]'
            cand --after 'Go on after this one'
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand --active 'Only active ones'
            cand --inactive 'Only inactive ones'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;provider;show'= {
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;provider;edit'= {
            cand --name 'Another name'
            cand --email 'Where to write'
            cand --phone 'Where to call'
            cand --postal-code 'Its postal code'
            cand --url 'Its page on the web'
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;provider;activate'= {
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;provider;deactivate'= {
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;provider;add-resource'= {
            cand --account 'A portal account that is to act for it'
            cand --queue 'A queue that is to send it referrals'
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand --if-not-exists 'Leave a resource of this name as it is'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;provider;remove-resource'= {
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;provider;import'= {
            cand --format 'The format [default: a folder or JSON is hsds, any other text is csv]'
            cand --map 'Which column of a table holds a field: name, id, `alternate_name`, description, email, phone, url, address, city, region, `postal_code`'
            cand --source 'Where they come from; ids count within their source [default: the name of the file or folder without its ending]'
            cand --rejects 'Write rejected rows as CSV with a column `error`; rows of several tables into files of their own (bad.csv becomes bad.services.csv and bad.phones.csv). A table that was put right can be imported again under the same --source'
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand --keep-going 'Take the good rows even where others are rejected, and exit with 9'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;provider;help'= {
            cand create 'Make a provider, with its agency record'
            cand list 'List providers by name'
            cand show 'Show a provider with its resources, phones and addresses'
            cand edit 'Change what is given; `none` clears'
            cand activate 'Offer packages to it again'
            cand deactivate 'Offer it nothing new; everything stays in the history'
            cand add-resource 'Make a program of a provider, and give portal accounts access to it'
            cand remove-resource 'Take a program away: it becomes inactive, nobody acts for it any more, and its history stays'
            cand import 'Take over providers from a directory'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;provider;help;create'= {
        }
        &'caredesk;provider;help;list'= {
        }
        &'caredesk;provider;help;show'= {
        }
        &'caredesk;provider;help;edit'= {
        }
        &'caredesk;provider;help;activate'= {
        }
        &'caredesk;provider;help;deactivate'= {
        }
        &'caredesk;provider;help;add-resource'= {
        }
        &'caredesk;provider;help;remove-resource'= {
        }
        &'caredesk;provider;help;import'= {
        }
        &'caredesk;provider;help;help'= {
        }
        &'caredesk;client'= {
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand create 'Make a client'
            cand list 'List clients by name'
            cand show 'Show a client'
            cand edit 'Change what is given; `none` clears'
            cand import 'Take over clients from CSV tables or FHIR R4 patients; a second time changes nothing'
            cand enroll 'Say whether a client is active at a provider; requests of sharing need both'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;client;create'= {
            cand --given 'The given name'
            cand --family 'The family name'
            cand --birth-date 'The day of birth, such as 1941-03-02'
            cand --postal-code 'Where the person lives'
            cand --id 'The number that another system knows the person by'
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand --if-not-exists 'Leave a client with this id as it is; without an id, one of this name and birth date'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;client;list'= {
            cand --name 'Only names that begin so'
            cand --limit 'At most so many [default on a terminal: 100]'
            cand --after 'Go on after this one'
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;client;show'= {
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;client;edit'= {
            cand --given 'The given name'
            cand --family 'The family name'
            cand --birth-date 'The day of birth, such as 1941-03-02'
            cand --postal-code 'Where the person lives'
            cand --id 'The number that another system knows the person by'
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;client;import'= {
            cand --format 'The format [default: recognised by the content]'
            cand --map 'Which column holds a field: `id`, `given`, `family`, `birth_date`, `postal_code`'
            cand --source 'Where they come from; an id counts within its source [default: the name of the file without its ending]'
            cand --rejects 'Write all rejected rows, with the reasons, into this file'
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand --without-ids 'Recognise people by the ids of the source, but do not keep those as ids of the clients'
            cand --keep-going 'Take the good rows even where others are rejected'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;client;enroll'= {
            cand --status 'How the client stands there from now on'
            cand --date 'Since which day that is so; not one to come [default: today, or as it was]'
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;client;help'= {
            cand create 'Make a client'
            cand list 'List clients by name'
            cand show 'Show a client'
            cand edit 'Change what is given; `none` clears'
            cand import 'Take over clients from CSV tables or FHIR R4 patients; a second time changes nothing'
            cand enroll 'Say whether a client is active at a provider; requests of sharing need both'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;client;help;create'= {
        }
        &'caredesk;client;help;list'= {
        }
        &'caredesk;client;help;show'= {
        }
        &'caredesk;client;help;edit'= {
        }
        &'caredesk;client;help;import'= {
        }
        &'caredesk;client;help;enroll'= {
        }
        &'caredesk;client;help;help'= {
        }
        &'caredesk;contact'= {
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand create 'Take in a contact, of a client or of somebody new'
            cand list 'List contacts, the newest first'
            cand show 'Show a contact, with its referrals'
            cand edit 'Change what is given; `none` clears'
            cand pdf 'Print a contact, with its referrals, as a PDF; the look is recorded'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;contact;create'= {
            cand --client 'Whose: a code, an id or a name, or the beginning of one'
            cand --given 'The given name of a new client, who is made with it'
            cand --family 'The family name of a new client'
            cand --postal-code 'Where the person lives [default: what the client has]'
            cand --phone 'Where to call'
            cand --email 'Where to write to'
            cand --date 'The submit date [default: today]'
            cand --number 'What people quote [default: a new CON-…]'
            cand --details 'What was told, as it was told'
            cand --details-file 'A text file that says it, in UTF-8; `-` is the standard input'
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand --if-not-exists 'Leave a contact with this number as it is'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;contact;list'= {
            cand --client 'Only of this client'
            cand --since 'Only those submitted on this day or later'
            cand --until 'Only those submitted on this day or earlier'
            cand --limit 'At most so many [default on a terminal: 100]'
            cand --after 'Go on after this one'
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;contact;show'= {
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;contact;edit'= {
            cand --given 'The given name as it was submitted'
            cand --family 'The family name as it was submitted'
            cand --postal-code 'Where the person lives'
            cand --phone 'Where to call'
            cand --email 'Where to write to'
            cand --date 'The submit date'
            cand --number 'What people quote'
            cand --details 'What was told, as it was told'
            cand --details-file 'A text file that says it, in UTF-8; `-` is the standard input'
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;contact;pdf'= {
            cand --file 'Where to; `-` is the standard output'
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand --overwrite 'Replace the file if there is one'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;contact;help'= {
            cand create 'Take in a contact, of a client or of somebody new'
            cand list 'List contacts, the newest first'
            cand show 'Show a contact, with its referrals'
            cand edit 'Change what is given; `none` clears'
            cand pdf 'Print a contact, with its referrals, as a PDF; the look is recorded'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;contact;help;create'= {
        }
        &'caredesk;contact;help;list'= {
        }
        &'caredesk;contact;help;show'= {
        }
        &'caredesk;contact;help;edit'= {
        }
        &'caredesk;contact;help;pdf'= {
        }
        &'caredesk;contact;help;help'= {
        }
        &'caredesk;queue'= {
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand create 'Make a queue'
            cand list 'List queues by name; inactive ones only with --all'
            cand show 'Show a queue, its statuses and the resources that take its referrals'
            cand edit 'Give a queue another name'
            cand add-status 'Give a queue one more status, or bring back a retired one'
            cand retire-status 'Let a status take no more referrals; without any in it, it is taken away'
            cand add-resource 'Let a queue send referrals to resources'
            cand remove-resource 'Send a queue''s referrals to resources no more; what is assigned stays'
            cand activate 'Let a queue take new referrals again'
            cand deactivate 'Let a queue take no new referrals; everything stays in the history'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;queue;create'= {
            cand --status 'A status, in order; the first is where referrals arrive'
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand --if-not-exists 'Leave a queue of this name as it is'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;queue;list'= {
            cand --limit 'At most so many [default on a terminal: 100]'
            cand --after 'Go on after this one'
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand --all 'Inactive ones as well'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;queue;show'= {
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;queue;edit'= {
            cand --name 'Another name'
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;queue;add-status'= {
            cand --after 'Stand behind this one [default: at the end]'
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand --first 'Stand first, where referrals arrive'
            cand --if-not-exists 'Leave a status of this label as it is'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;queue;retire-status'= {
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;queue;add-resource'= {
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;queue;remove-resource'= {
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;queue;activate'= {
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;queue;deactivate'= {
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;queue;help'= {
            cand create 'Make a queue'
            cand list 'List queues by name; inactive ones only with --all'
            cand show 'Show a queue, its statuses and the resources that take its referrals'
            cand edit 'Give a queue another name'
            cand add-status 'Give a queue one more status, or bring back a retired one'
            cand retire-status 'Let a status take no more referrals; without any in it, it is taken away'
            cand add-resource 'Let a queue send referrals to resources'
            cand remove-resource 'Send a queue''s referrals to resources no more; what is assigned stays'
            cand activate 'Let a queue take new referrals again'
            cand deactivate 'Let a queue take no new referrals; everything stays in the history'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;queue;help;create'= {
        }
        &'caredesk;queue;help;list'= {
        }
        &'caredesk;queue;help;show'= {
        }
        &'caredesk;queue;help;edit'= {
        }
        &'caredesk;queue;help;add-status'= {
        }
        &'caredesk;queue;help;retire-status'= {
        }
        &'caredesk;queue;help;add-resource'= {
        }
        &'caredesk;queue;help;remove-resource'= {
        }
        &'caredesk;queue;help;activate'= {
        }
        &'caredesk;queue;help;deactivate'= {
        }
        &'caredesk;queue;help;help'= {
        }
        &'caredesk;resource'= {
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand list 'List resources by name'
            cand show 'Show a resource with its capacity, its queues and who acts for it'
            cand edit 'Change what is given; `none` clears'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;resource;list'= {
            cand --provider 'Only of this provider'
            cand --queue 'Only those that take the referrals of this queue'
            cand --state 'Only in this state'
            cand --limit 'At most so many [default on a terminal: 100]'
            cand --after 'Go on after this one'
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;resource;show'= {
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;resource;edit'= {
            cand --name 'Another name, for a program'
            cand --state 'Whether it takes referrals'
            cand --description 'What it does'
            cand --eligibility 'Who may come'
            cand --fees 'What it costs'
            cand --application-process 'How to apply'
            cand --email 'Where to write'
            cand --url 'Its page on the web'
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;resource;help'= {
            cand list 'List resources by name'
            cand show 'Show a resource with its capacity, its queues and who acts for it'
            cand edit 'Change what is given; `none` clears'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;resource;help;list'= {
        }
        &'caredesk;resource;help;show'= {
        }
        &'caredesk;resource;help;edit'= {
        }
        &'caredesk;resource;help;help'= {
        }
        &'caredesk;capacity'= {
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand set 'Say how many more referrals a resource can take, from now on or for a while'
            cand show 'Show the capacity of a resource: what counts now, what is to come, what was'
            cand list 'List what counts now, by resource'
            cand edit 'Change an entry; `none` clears'
            cand remove 'Take an entry back; it stays in the history'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;capacity;set'= {
            cand --unit 'What is counted, such as beds'
            cand --maximum 'The most that there can ever be'
            cand --from 'From the start of a day, or from a moment [default: now]'
            cand --until 'To the end of a day, or until a moment'
            cand --note 'A word to the hub'
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;capacity;show'= {
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand --all 'Entries that were removed as well'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;capacity;list'= {
            cand --resource 'Only of this resource'
            cand --provider 'Only of the resources of this provider'
            cand --limit 'At most so many [default on a terminal: 100]'
            cand --after 'Go on after this one'
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand --all 'Also what is to come, what is over and what was removed'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;capacity;edit'= {
            cand --places 'How many more referrals it can take; 0 for none'
            cand --unit 'What is counted, such as beds'
            cand --maximum 'The most that there can ever be'
            cand --from 'From the start of a day, or from a moment; only before it has started'
            cand --until 'To the end of a day, or until a moment'
            cand --note 'A word to the hub'
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;capacity;remove'= {
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;capacity;help'= {
            cand set 'Say how many more referrals a resource can take, from now on or for a while'
            cand show 'Show the capacity of a resource: what counts now, what is to come, what was'
            cand list 'List what counts now, by resource'
            cand edit 'Change an entry; `none` clears'
            cand remove 'Take an entry back; it stays in the history'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;capacity;help;set'= {
        }
        &'caredesk;capacity;help;show'= {
        }
        &'caredesk;capacity;help;list'= {
        }
        &'caredesk;capacity;help;edit'= {
        }
        &'caredesk;capacity;help;remove'= {
        }
        &'caredesk;capacity;help;help'= {
        }
        &'caredesk;account'= {
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand create 'Make an account'
            cand list 'List accounts by login'
            cand show 'Show an account'
            cand edit 'Change what is given; `none` clears'
            cand alerts 'Have a portal account written to when a referral is assigned to its resource, or not'
            cand import 'Take over accounts from a table or JSON; a second time changes nothing'
            cand set-password 'Give an account a password, which `--as` then asks for'
            cand permit 'Let a portal account do more'
            cand forbid 'Let a portal account do less'
            cand add-resource 'Let a portal account act for resources'
            cand remove-resource 'Take resources from a portal account'
            cand enable 'Let an account act again'
            cand disable 'Let an account act no more; everything stays in the history'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;account;create'= {
            cand --name 'The person''s name'
            cand --level 'What the person may do'
            cand --email 'Where to write to the person'
            cand --resource 'A resource it acts for; a provider stands for its agency record'
            cand --can 'What a portal account may do beyond looking'
            cand --password-file 'A file whose first line is the password'
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand --password 'Ask for a password'
            cand --if-not-exists 'Leave an account of this login as it is'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;account;list'= {
            cand --limit 'At most so many [default on a terminal: 100]'
            cand --after 'Go on after this one'
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;account;show'= {
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;account;edit'= {
            cand --name 'The person''s name'
            cand --email 'Where to write to the person'
            cand --level 'What the person may do. A level of staff ends the resources and permissions of a portal account'
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;account;alerts'= {
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;account;import'= {
            cand --map 'Which column holds a field'
            cand --rejects 'Write all rejected rows, with the reasons, into this file'
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand --keep-going 'Take the good rows even where others are rejected'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;account;set-password'= {
            cand --password-file 'A file whose first line is the password [default: asked for]'
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;account;permit'= {
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;account;forbid'= {
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;account;add-resource'= {
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;account;remove-resource'= {
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;account;enable'= {
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;account;disable'= {
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;account;help'= {
            cand create 'Make an account'
            cand list 'List accounts by login'
            cand show 'Show an account'
            cand edit 'Change what is given; `none` clears'
            cand alerts 'Have a portal account written to when a referral is assigned to its resource, or not'
            cand import 'Take over accounts from a table or JSON; a second time changes nothing'
            cand set-password 'Give an account a password, which `--as` then asks for'
            cand permit 'Let a portal account do more'
            cand forbid 'Let a portal account do less'
            cand add-resource 'Let a portal account act for resources'
            cand remove-resource 'Take resources from a portal account'
            cand enable 'Let an account act again'
            cand disable 'Let an account act no more; everything stays in the history'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;account;help;create'= {
        }
        &'caredesk;account;help;list'= {
        }
        &'caredesk;account;help;show'= {
        }
        &'caredesk;account;help;edit'= {
        }
        &'caredesk;account;help;alerts'= {
        }
        &'caredesk;account;help;import'= {
        }
        &'caredesk;account;help;set-password'= {
        }
        &'caredesk;account;help;permit'= {
        }
        &'caredesk;account;help;forbid'= {
        }
        &'caredesk;account;help;add-resource'= {
        }
        &'caredesk;account;help;remove-resource'= {
        }
        &'caredesk;account;help;enable'= {
        }
        &'caredesk;account;help;disable'= {
        }
        &'caredesk;account;help;help'= {
        }
        &'caredesk;referral'= {
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand create 'Put a contact or a client into a queue'
            cand assign 'Send a referral to a resource; whoever had it before sees it no more'
            cand unassign 'Take a referral from its resource, which sees it no more'
            cand set-status 'Move a referral to another status of its queue'
            cand note 'Replace the note that the hub and the provider share'
            cand list 'List referrals, the newest first'
            cand show 'Show a referral, and to staff what became of it'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;referral;create'= {
            cand --queue 'Which queue: its name or the beginning of it'
            cand --contact 'The contact: its number or name, or the beginning of either'
            cand --client 'The client, where there is no contact: a code, an id or a name, or the beginning of one'
            cand --resource 'Send it to this resource at once'
            cand --note 'Whatever else should be known; the provider reads it too'
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand --strict 'Refuse where the resource has no capacity left'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;referral;assign'= {
            cand --note 'Replaces the note; the provider reads it too'
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand --strict 'Refuse where the resource has no capacity left'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;referral;unassign'= {
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;referral;set-status'= {
            cand --from 'Only if it is in this status now'
            cand --note 'Replaces the note'
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;referral;note'= {
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand --append 'Add a line instead of replacing the note'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;referral;list'= {
            cand --queue 'Only in this queue'
            cand --status 'Only in a status of this name'
            cand --resource 'Only at this resource'
            cand --provider 'Only at a resource of this provider'
            cand --client 'Only of this client'
            cand --contact 'Only of this contact: its number or name, or the beginning of either'
            cand --limit 'At most so many [default on a terminal: 100]'
            cand --after 'Go on after this one'
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand --open 'Only in open statuses'
            cand --unassigned 'Only those that are at no resource'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;referral;show'= {
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;referral;help'= {
            cand create 'Put a contact or a client into a queue'
            cand assign 'Send a referral to a resource; whoever had it before sees it no more'
            cand unassign 'Take a referral from its resource, which sees it no more'
            cand set-status 'Move a referral to another status of its queue'
            cand note 'Replace the note that the hub and the provider share'
            cand list 'List referrals, the newest first'
            cand show 'Show a referral, and to staff what became of it'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;referral;help;create'= {
        }
        &'caredesk;referral;help;assign'= {
        }
        &'caredesk;referral;help;unassign'= {
        }
        &'caredesk;referral;help;set-status'= {
        }
        &'caredesk;referral;help;note'= {
        }
        &'caredesk;referral;help;list'= {
        }
        &'caredesk;referral;help;show'= {
        }
        &'caredesk;referral;help;help'= {
        }
        &'caredesk;visit'= {
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand add 'Plan a visit, or the same visit every week'
            cand edit 'Change when a visit is or how long it lasts'
            cand cancel 'Cancel visits; they stay in the history'
            cand list 'List the visits of a referral by time'
            cand import 'Take over visits from a table or a home-care instance; a second time changes nothing'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;visit;add'= {
            cand --start '"2026-12-01 09:00", "tomorrow 9:30", "monday 18:00"'
            cand --duration 'Minutes, or 45m, 1h, 1h30'
            cand --weekly 'Repeat on these days: mon,wed,fri, daily, weekdays, weekends'
            cand --until 'The last day of the repetition'
            cand --note 'Whatever else should be known'
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;visit;edit'= {
            cand --start 'When it is to be: "2026-12-01 09:00", "tomorrow 9:30", "monday 18:00"'
            cand --duration 'Minutes, or 45m, 1h, 1h30'
            cand --note '`none` clears it'
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;visit;cancel'= {
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;visit;list'= {
            cand --from 'Only from this day on'
            cand --to 'Only up to this day'
            cand --limit 'At most so many [default on a terminal: 100]'
            cand --after 'Go on after this one'
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand --planned 'Leave cancelled visits out'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;visit;import'= {
            cand --format '[default: hhcrsp for a .json file, otherwise csv]'
            cand --date 'The day that an instance is planned on'
            cand --patient 'Only this patient of an instance; may be given several times'
            cand --map 'Which column of a table holds a field: start="Visit start"'
            cand --rejects 'Write the bad rows and what is wrong with them to this file'
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand --keep-going 'Take the good rows even if there are bad ones; the exit status is then 9'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;visit;help'= {
            cand add 'Plan a visit, or the same visit every week'
            cand edit 'Change when a visit is or how long it lasts'
            cand cancel 'Cancel visits; they stay in the history'
            cand list 'List the visits of a referral by time'
            cand import 'Take over visits from a table or a home-care instance; a second time changes nothing'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;visit;help;add'= {
        }
        &'caredesk;visit;help;edit'= {
        }
        &'caredesk;visit;help;cancel'= {
        }
        &'caredesk;visit;help;list'= {
        }
        &'caredesk;visit;help;import'= {
        }
        &'caredesk;visit;help;help'= {
        }
        &'caredesk;schedule'= {
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand show 'Draw a week of a referral''s visits; as JSON or CSV, list them'
            cand export 'Write a referral''s visits as an iCalendar file, without the client''s name'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;schedule;show'= {
            cand --week '2026-W49, or any day in the week [default: this week, or the next one with a planned visit]'
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;schedule;export'= {
            cand --file 'Where to; `-` is the standard output'
            cand --from 'Only from this day on'
            cand --to 'Only up to this day'
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand --overwrite 'Replace the file if there is one'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;schedule;help'= {
            cand show 'Draw a week of a referral''s visits; as JSON or CSV, list them'
            cand export 'Write a referral''s visits as an iCalendar file, without the client''s name'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;schedule;help;show'= {
        }
        &'caredesk;schedule;help;export'= {
        }
        &'caredesk;schedule;help;help'= {
        }
        &'caredesk;outsource'= {
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand create 'Offer visits of a referral to providers as one package'
            cand add-provider 'Ask more providers'
            cand remove-provider 'Take providers out again; their answers stay in the history'
            cand delete 'Recall a package: it vanishes from the providers'' lists and its visits are free again'
            cand resend 'Recall a package and send its visits, as they are now, to the same providers'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;outsource;create'= {
            cand --visit 'A visit of the referral; asked for on a terminal'
            cand --provider 'A provider to ask; asked for on a terminal'
            cand --reference 'What to call the package [default: its code]'
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand --all-visits 'Every planned visit that is in no package yet'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;outsource;add-provider'= {
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;outsource;remove-provider'= {
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;outsource;delete'= {
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;outsource;resend'= {
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;outsource;help'= {
            cand create 'Offer visits of a referral to providers as one package'
            cand add-provider 'Ask more providers'
            cand remove-provider 'Take providers out again; their answers stay in the history'
            cand delete 'Recall a package: it vanishes from the providers'' lists and its visits are free again'
            cand resend 'Recall a package and send its visits, as they are now, to the same providers'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;outsource;help;create'= {
        }
        &'caredesk;outsource;help;add-provider'= {
        }
        &'caredesk;outsource;help;remove-provider'= {
        }
        &'caredesk;outsource;help;delete'= {
        }
        &'caredesk;outsource;help;resend'= {
        }
        &'caredesk;outsource;help;help'= {
        }
        &'caredesk;package'= {
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand list 'List packages, the newest first'
            cand show 'Show a package with its visits and the answers to it'
            cand respond 'Accept or reject a package for a provider; the first to accept wins, and an answer is final'
            cand rename 'Give a package another reference'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;package;list'= {
            cand --status 'Only in this status; recalled ones are listed only so'
            cand --provider 'Only those offered to this provider'
            cand --referral 'Only of this referral'
            cand --limit 'At most so many [default on a terminal: 100]'
            cand --after 'Go on after this one'
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;package;show'= {
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;package;respond'= {
            cand --provider 'Who answers: its code or name, or the beginning of either'
            cand --reason 'Why not'
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand --accept 'Take the whole package'
            cand --reject 'Decline the whole package'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;package;rename'= {
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;package;help'= {
            cand list 'List packages, the newest first'
            cand show 'Show a package with its visits and the answers to it'
            cand respond 'Accept or reject a package for a provider; the first to accept wins, and an answer is final'
            cand rename 'Give a package another reference'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;package;help;list'= {
        }
        &'caredesk;package;help;show'= {
        }
        &'caredesk;package;help;respond'= {
        }
        &'caredesk;package;help;rename'= {
        }
        &'caredesk;package;help;help'= {
        }
        &'caredesk;category'= {
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand create 'Make a category'
            cand list 'List categories by name'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;category;create'= {
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand --if-not-exists 'Leave a category of this name as it is'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;category;list'= {
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;category;help'= {
            cand create 'Make a category'
            cand list 'List categories by name'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;category;help;create'= {
        }
        &'caredesk;category;help;list'= {
        }
        &'caredesk;category;help;help'= {
        }
        &'caredesk;contract'= {
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand create 'Make a contract'
            cand list 'List contracts'
            cand show 'Show a contract'
            cand edit 'Change what is given; what was before stays in the history'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;contract;create'= {
            cand --start 'Its first day'
            cand --stop 'Its last day, which still counts [default: it goes on]'
            cand --category 'A category of its services; may be given several times'
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand --if-not-exists 'Leave a contract of this provider and name as it is'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;contract;list'= {
            cand --provider 'Only of this provider'
            cand --limit 'At most so many [default on a terminal: 100]'
            cand --after 'Go on after this one'
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand --active 'Only those in force today'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;contract;show'= {
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;contract;edit'= {
            cand --start 'Its first day'
            cand --stop 'Its last day, which still counts; `none` lets it go on'
            cand --category 'All categories of its services from now on; may be given several times'
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;contract;help'= {
            cand create 'Make a contract'
            cand list 'List contracts'
            cand show 'Show a contract'
            cand edit 'Change what is given; what was before stays in the history'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;contract;help;create'= {
        }
        &'caredesk;contract;help;list'= {
        }
        &'caredesk;contract;help;show'= {
        }
        &'caredesk;contract;help;edit'= {
        }
        &'caredesk;contract;help;help'= {
        }
        &'caredesk;record'= {
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand add 'Add a record; it is never changed afterwards'
            cand import 'Take over records from a CSV table or JSON lines; a second time changes nothing'
            cand list 'List the records of a client, the newest day first; a provider sees its own and what is shared with it'
            cand show 'Show a record'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;record;add'= {
            cand --provider 'Who owns it: a code or name, or the beginning of either'
            cand --type 'What sort of data it is'
            cand --date 'When it happened, or will'
            cand --title 'What it is, in a line'
            cand --category 'The category of the service [default: the only one of the contract]'
            cand --contract 'Under which contract of this provider'
            cand --units 'How much of it'
            cand --detail 'Anything more'
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;record;import'= {
            cand --map 'Which column holds a field: `client`, `provider`, `type`, `date`, `title`, `category`, `contract`, `units`, `detail`, `id`'
            cand --provider 'The owner of rows that name none'
            cand --rejects 'Write all rejected rows, with the reasons, into this file'
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand --keep-going 'Take the good rows even where others are rejected'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;record;list'= {
            cand --type 'Only of this sort'
            cand --viewer 'As this provider sees it [default for a portal account: its own]'
            cand --since 'Only from this day on'
            cand --until 'Only up to this day'
            cand --limit 'At most so many [default on a terminal: 100]'
            cand --after 'Go on after this one'
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;record;show'= {
            cand --viewer 'As this provider sees it [default for a portal account: its own]'
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;record;help'= {
            cand add 'Add a record; it is never changed afterwards'
            cand import 'Take over records from a CSV table or JSON lines; a second time changes nothing'
            cand list 'List the records of a client, the newest day first; a provider sees its own and what is shared with it'
            cand show 'Show a record'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;record;help;add'= {
        }
        &'caredesk;record;help;import'= {
        }
        &'caredesk;record;help;list'= {
        }
        &'caredesk;record;help;show'= {
        }
        &'caredesk;record;help;help'= {
        }
        &'caredesk;sharing'= {
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand setup 'Set what a provider lets out of a type of data; only what is given changes'
            cand settings 'Show what a provider lets out, type by type'
            cand link 'Link an owner to a recipient, in this direction alone'
            cand unlink 'Take a link back; what was shared over it is out of sight at once'
            cand links 'List links, and how sharing then works'
            cand request 'Ask an owner for one type of data of one client'
            cand grant 'Agree to a request; given again, it changes the dates'
            cand deny 'Decline a request'
            cand pending 'Take an answer back: the request waits again'
            cand revoke 'End what was granted, at once'
            cand list 'List requests, the newest first'
            cand show 'Show a request and the answers to it'
            cand explain 'Say rule by rule why a provider sees or does not see a client''s records at another'
            cand calendar 'Write the last days of what is granted into a calendar'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;sharing;setup'= {
            cand --type 'For which data; may be given several times'
            cand --level 'How far it may share: 1 with all, 2 within a common service category, 3 not at all'
            cand --client-by-client 'Whether each client is asked for; off shares automatically with all that are linked'
            cand --require-expiry 'Whether an agreement has to have a last day'
            cand --release 'Whether signed releases of information take the place of requests'
            cand --default-days 'How long an agreement lasts whose last day is required and not given'
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand --no-default-days 'Set no such length any more'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;sharing;settings'= {
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;sharing;link'= {
            cand --type 'For which data; may be given several times'
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;sharing;unlink'= {
            cand --type 'For which data; may be given several times'
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;sharing;links'= {
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;sharing;request'= {
            cand --owner 'Who has it: a code or name, or the beginning of either'
            cand --recipient 'Who asks: a code or name, or the beginning of either'
            cand --type 'Which data'
            cand --note 'A word to the owner'
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;sharing;grant'= {
            cand --signed 'When the client signed [default: today]'
            cand --expires 'The last day of the agreement [default: the owner''s settings say]'
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;sharing;deny'= {
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;sharing;pending'= {
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;sharing;revoke'= {
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;sharing;list'= {
            cand --client 'Only about this client'
            cand --incoming 'Only those that ask this provider'
            cand --outgoing 'Only those in which this provider asks'
            cand --status 'Only those that stand so today'
            cand --expiring 'Only granted ones whose last day is within so many days'
            cand --limit 'At most so many [default on a terminal: 100]'
            cand --after 'Go on after this one'
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;sharing;show'= {
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;sharing;explain'= {
            cand --owner 'The provider whose records they are'
            cand --recipient 'The provider that sees them or does not'
            cand --type 'What sort of records'
            cand --at 'As it was then: a day, or a day and a time [default: now]'
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;sharing;calendar'= {
            cand --file 'Where to; `-` is the standard output'
            cand --expiring 'Only what runs out within so many days'
            cand --incoming 'Only those that ask this provider'
            cand --outgoing 'Only those in which this provider asks'
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand --overwrite 'Replace the file if there is one'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;sharing;help'= {
            cand setup 'Set what a provider lets out of a type of data; only what is given changes'
            cand settings 'Show what a provider lets out, type by type'
            cand link 'Link an owner to a recipient, in this direction alone'
            cand unlink 'Take a link back; what was shared over it is out of sight at once'
            cand links 'List links, and how sharing then works'
            cand request 'Ask an owner for one type of data of one client'
            cand grant 'Agree to a request; given again, it changes the dates'
            cand deny 'Decline a request'
            cand pending 'Take an answer back: the request waits again'
            cand revoke 'End what was granted, at once'
            cand list 'List requests, the newest first'
            cand show 'Show a request and the answers to it'
            cand explain 'Say rule by rule why a provider sees or does not see a client''s records at another'
            cand calendar 'Write the last days of what is granted into a calendar'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;sharing;help;setup'= {
        }
        &'caredesk;sharing;help;settings'= {
        }
        &'caredesk;sharing;help;link'= {
        }
        &'caredesk;sharing;help;unlink'= {
        }
        &'caredesk;sharing;help;links'= {
        }
        &'caredesk;sharing;help;request'= {
        }
        &'caredesk;sharing;help;grant'= {
        }
        &'caredesk;sharing;help;deny'= {
        }
        &'caredesk;sharing;help;pending'= {
        }
        &'caredesk;sharing;help;revoke'= {
        }
        &'caredesk;sharing;help;list'= {
        }
        &'caredesk;sharing;help;show'= {
        }
        &'caredesk;sharing;help;explain'= {
        }
        &'caredesk;sharing;help;calendar'= {
        }
        &'caredesk;sharing;help;help'= {
        }
        &'caredesk;release'= {
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand add 'Add a signed release: it lets providers see records while it is neither run out nor revoked'
            cand list 'List releases, the newest first'
            cand show 'Show a release, and what a valid one holds'
            cand check 'Say what a valid release of information holds, and what of it this one lacks (then with exit status 8)'
            cand revoke 'Revoke a release: what it let others see is gone at once'
            cand document 'Write the document of a release to a file'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;release;add'= {
            cand --owner 'The provider that shows its records'
            cand --type 'What it shows of the client'
            cand --document 'The signed paper; `-` is the standard input'
            cand --signed 'The day of the signature'
            cand --recipient 'For this provider'
            cand --expires 'The last day that it counts [default: none, or as the owner''s settings require]'
            cand --expiry-event 'What ends it, where that is no day; it does not end by itself then'
            cand --purpose 'What the records are shown for'
            cand --signed-by 'Who signed'
            cand --signed-as 'By what right, where that is not the client: parent, legal guardian'
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand --all-providers 'For every provider that is linked, also those to come'
            cand --right-to-revoke 'The paper says that and how it can be revoked'
            cand --conditions 'The paper says whether care depends on signing it'
            cand --redisclosure 'The paper says that who receives the records may pass them on'
            cand --if-not-exists 'Leave a release of the same document to the same recipients as it is, while that counts'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;release;list'= {
            cand --client 'Only of this client'
            cand --owner 'Only those by which this provider shows its records'
            cand --status 'Only in this status, as it is today'
            cand --limit 'At most so many [default on a terminal: 100]'
            cand --after 'Go on after this one'
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;release;show'= {
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;release;check'= {
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;release;revoke'= {
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;release;document'= {
            cand --file 'Where to; `-` is the standard output'
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand --overwrite 'Replace the file if there is one'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;release;help'= {
            cand add 'Add a signed release: it lets providers see records while it is neither run out nor revoked'
            cand list 'List releases, the newest first'
            cand show 'Show a release, and what a valid one holds'
            cand check 'Say what a valid release of information holds, and what of it this one lacks (then with exit status 8)'
            cand revoke 'Revoke a release: what it let others see is gone at once'
            cand document 'Write the document of a release to a file'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;release;help;add'= {
        }
        &'caredesk;release;help;list'= {
        }
        &'caredesk;release;help;show'= {
        }
        &'caredesk;release;help;check'= {
        }
        &'caredesk;release;help;revoke'= {
        }
        &'caredesk;release;help;document'= {
        }
        &'caredesk;release;help;help'= {
        }
        &'caredesk;disclosure'= {
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand list 'List who looked at whose records, on what basis, the newest first'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;disclosure;list'= {
            cand --client 'Only records of this client'
            cand --owner 'Only records of this provider'
            cand --recipient 'Only looks of this provider'
            cand --since 'Only from this day on'
            cand --until 'Only up to this day, which counts'
            cand --limit 'At most so many'
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;disclosure;help'= {
            cand list 'List who looked at whose records, on what basis, the newest first'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;disclosure;help;list'= {
        }
        &'caredesk;disclosure;help;help'= {
        }
        &'caredesk;alert'= {
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand list 'List alerts, the newest first'
            cand show 'Show an alert, and what went wrong with it'
            cand send 'Deliver the alerts that wait, each one once'
            cand dismiss 'Let alerts go unsent, or as they are where it is known that they arrived'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;alert;list'= {
            cand --state 'Only those in this state'
            cand --account 'Only those to this account'
            cand --limit 'At most so many [default on a terminal: 100]'
            cand --after 'Go on after this one'
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;alert;show'= {
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;alert;send'= {
            cand --smtp 'The mail server, such as `smtp://localhost` or `smtps://user:password@host` [env: `CAREDESK_SMTP`]'
            cand --smtp-file 'A file whose first line is the address of the mail server, which keeps its password off the command line'
            cand --dir 'Write each message into this folder instead, as ALT-….eml; made where it is missing'
            cand --from 'Who writes: an address, or `The Hub <alerts@hub.example>` [env: `CAREDESK_SMTP_FROM`]'
            cand --timeout 'How long to wait for each answer of the mail server; for the last one ten times as long'
            cand --limit 'At most so many'
            cand --again 'First let these wait anew: failed ones, and those that were cut off'
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;alert;dismiss'= {
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;alert;help'= {
            cand list 'List alerts, the newest first'
            cand show 'Show an alert, and what went wrong with it'
            cand send 'Deliver the alerts that wait, each one once'
            cand dismiss 'Let alerts go unsent, or as they are where it is known that they arrived'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;alert;help;list'= {
        }
        &'caredesk;alert;help;show'= {
        }
        &'caredesk;alert;help;send'= {
        }
        &'caredesk;alert;help;dismiss'= {
        }
        &'caredesk;alert;help;help'= {
        }
        &'caredesk;report'= {
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand referrals 'How many referrals are open per queue, status and resource, how old, and how soon their status first changed'
            cand capacity 'How many more referrals each resource of a queue can take'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;report;referrals'= {
            cand --queue 'Only in this queue'
            cand --resource 'Only those assigned to this resource'
            cand --provider 'Only those assigned to a resource of this provider'
            cand --since 'Only those that came on this day or later'
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand --all 'Closed ones too'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;report;capacity'= {
            cand --queue 'Only resources that take referrals of this queue'
            cand --provider 'Only resources of this provider'
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;report;help'= {
            cand referrals 'How many referrals are open per queue, status and resource, how old, and how soon their status first changed'
            cand capacity 'How many more referrals each resource of a queue can take'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;report;help;referrals'= {
        }
        &'caredesk;report;help;capacity'= {
        }
        &'caredesk;report;help;help'= {
        }
        &'caredesk;audit'= {
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand list 'List changes, the newest first'
            cand verify 'Check that no entry was changed or taken out'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;audit;list'= {
            cand --on 'Only changes of this thing: its code, login or name'
            cand --by 'Only changes by this login, or in its name'
            cand --limit 'At most so many'
            cand --after 'Only entries before this number'
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;audit;verify'= {
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;audit;help'= {
            cand list 'List changes, the newest first'
            cand verify 'Check that no entry was changed or taken out'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;audit;help;list'= {
        }
        &'caredesk;audit;help;verify'= {
        }
        &'caredesk;audit;help;help'= {
        }
        &'caredesk;database'= {
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand migrate 'Bring an older database up to date, after a copy was set aside; every other command does so too'
            cand check 'Look for damage, and for anything that breaks a promise of the program'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;database;migrate'= {
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;database;check'= {
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;database;help'= {
            cand migrate 'Bring an older database up to date, after a copy was set aside; every other command does so too'
            cand check 'Look for damage, and for anything that breaks a promise of the program'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;database;help;migrate'= {
        }
        &'caredesk;database;help;check'= {
        }
        &'caredesk;database;help;help'= {
        }
        &'caredesk;completions'= {
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;man'= {
            cand --db 'The database: a file, or `postgres://user:password@host/database`'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -v 'With an error, also print its code and its causes'
            cand --verbose 'With an error, also print its code and its causes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;help'= {
            cand init 'Make a new database; you become its first admin'
            cand demo 'See a small invented town outsource a week of care'
            cand whoami 'Say who acts, and where'
            cand provider 'Organisations that deliver care'
            cand client 'People who receive care'
            cand contact 'Submitted intake records'
            cand queue 'Named lists of referrals, with statuses of their own'
            cand resource 'What referrals are sent to: agencies and their programs'
            cand capacity 'How many more referrals resources can take'
            cand account 'People who act, and what they may do'
            cand referral 'Needs of clients'
            cand visit 'Planned calls of a referral'
            cand schedule 'A referral''s visits as a calendar'
            cand outsource 'Offer visits of a referral to several providers; the first to accept wins'
            cand package 'Offered packages and the answers to them'
            cand category 'Sorts of service, as contracts and records name them'
            cand contract 'Under which providers deliver services'
            cand record 'What providers have written down about clients, and who sees it'
            cand sharing 'Who shares which data of whom with whom'
            cand release 'Signed releases of information, and their documents'
            cand disclosure 'The register of who looked at whose records'
            cand alert 'Messages to portal accounts that a referral was assigned to them'
            cand report 'How many referrals wait where, and who can take more'
            cand audit 'Who changed what, and when'
            cand database 'Look after the database as a whole'
            cand completions 'Print the completions for a shell'
            cand man 'Write manual pages into a folder'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;help;init'= {
        }
        &'caredesk;help;demo'= {
        }
        &'caredesk;help;whoami'= {
        }
        &'caredesk;help;provider'= {
            cand create 'Make a provider, with its agency record'
            cand list 'List providers by name'
            cand show 'Show a provider with its resources, phones and addresses'
            cand edit 'Change what is given; `none` clears'
            cand activate 'Offer packages to it again'
            cand deactivate 'Offer it nothing new; everything stays in the history'
            cand add-resource 'Make a program of a provider, and give portal accounts access to it'
            cand remove-resource 'Take a program away: it becomes inactive, nobody acts for it any more, and its history stays'
            cand import 'Take over providers from a directory'
        }
        &'caredesk;help;provider;create'= {
        }
        &'caredesk;help;provider;list'= {
        }
        &'caredesk;help;provider;show'= {
        }
        &'caredesk;help;provider;edit'= {
        }
        &'caredesk;help;provider;activate'= {
        }
        &'caredesk;help;provider;deactivate'= {
        }
        &'caredesk;help;provider;add-resource'= {
        }
        &'caredesk;help;provider;remove-resource'= {
        }
        &'caredesk;help;provider;import'= {
        }
        &'caredesk;help;client'= {
            cand create 'Make a client'
            cand list 'List clients by name'
            cand show 'Show a client'
            cand edit 'Change what is given; `none` clears'
            cand import 'Take over clients from CSV tables or FHIR R4 patients; a second time changes nothing'
            cand enroll 'Say whether a client is active at a provider; requests of sharing need both'
        }
        &'caredesk;help;client;create'= {
        }
        &'caredesk;help;client;list'= {
        }
        &'caredesk;help;client;show'= {
        }
        &'caredesk;help;client;edit'= {
        }
        &'caredesk;help;client;import'= {
        }
        &'caredesk;help;client;enroll'= {
        }
        &'caredesk;help;contact'= {
            cand create 'Take in a contact, of a client or of somebody new'
            cand list 'List contacts, the newest first'
            cand show 'Show a contact, with its referrals'
            cand edit 'Change what is given; `none` clears'
            cand pdf 'Print a contact, with its referrals, as a PDF; the look is recorded'
        }
        &'caredesk;help;contact;create'= {
        }
        &'caredesk;help;contact;list'= {
        }
        &'caredesk;help;contact;show'= {
        }
        &'caredesk;help;contact;edit'= {
        }
        &'caredesk;help;contact;pdf'= {
        }
        &'caredesk;help;queue'= {
            cand create 'Make a queue'
            cand list 'List queues by name; inactive ones only with --all'
            cand show 'Show a queue, its statuses and the resources that take its referrals'
            cand edit 'Give a queue another name'
            cand add-status 'Give a queue one more status, or bring back a retired one'
            cand retire-status 'Let a status take no more referrals; without any in it, it is taken away'
            cand add-resource 'Let a queue send referrals to resources'
            cand remove-resource 'Send a queue''s referrals to resources no more; what is assigned stays'
            cand activate 'Let a queue take new referrals again'
            cand deactivate 'Let a queue take no new referrals; everything stays in the history'
        }
        &'caredesk;help;queue;create'= {
        }
        &'caredesk;help;queue;list'= {
        }
        &'caredesk;help;queue;show'= {
        }
        &'caredesk;help;queue;edit'= {
        }
        &'caredesk;help;queue;add-status'= {
        }
        &'caredesk;help;queue;retire-status'= {
        }
        &'caredesk;help;queue;add-resource'= {
        }
        &'caredesk;help;queue;remove-resource'= {
        }
        &'caredesk;help;queue;activate'= {
        }
        &'caredesk;help;queue;deactivate'= {
        }
        &'caredesk;help;resource'= {
            cand list 'List resources by name'
            cand show 'Show a resource with its capacity, its queues and who acts for it'
            cand edit 'Change what is given; `none` clears'
        }
        &'caredesk;help;resource;list'= {
        }
        &'caredesk;help;resource;show'= {
        }
        &'caredesk;help;resource;edit'= {
        }
        &'caredesk;help;capacity'= {
            cand set 'Say how many more referrals a resource can take, from now on or for a while'
            cand show 'Show the capacity of a resource: what counts now, what is to come, what was'
            cand list 'List what counts now, by resource'
            cand edit 'Change an entry; `none` clears'
            cand remove 'Take an entry back; it stays in the history'
        }
        &'caredesk;help;capacity;set'= {
        }
        &'caredesk;help;capacity;show'= {
        }
        &'caredesk;help;capacity;list'= {
        }
        &'caredesk;help;capacity;edit'= {
        }
        &'caredesk;help;capacity;remove'= {
        }
        &'caredesk;help;account'= {
            cand create 'Make an account'
            cand list 'List accounts by login'
            cand show 'Show an account'
            cand edit 'Change what is given; `none` clears'
            cand alerts 'Have a portal account written to when a referral is assigned to its resource, or not'
            cand import 'Take over accounts from a table or JSON; a second time changes nothing'
            cand set-password 'Give an account a password, which `--as` then asks for'
            cand permit 'Let a portal account do more'
            cand forbid 'Let a portal account do less'
            cand add-resource 'Let a portal account act for resources'
            cand remove-resource 'Take resources from a portal account'
            cand enable 'Let an account act again'
            cand disable 'Let an account act no more; everything stays in the history'
        }
        &'caredesk;help;account;create'= {
        }
        &'caredesk;help;account;list'= {
        }
        &'caredesk;help;account;show'= {
        }
        &'caredesk;help;account;edit'= {
        }
        &'caredesk;help;account;alerts'= {
        }
        &'caredesk;help;account;import'= {
        }
        &'caredesk;help;account;set-password'= {
        }
        &'caredesk;help;account;permit'= {
        }
        &'caredesk;help;account;forbid'= {
        }
        &'caredesk;help;account;add-resource'= {
        }
        &'caredesk;help;account;remove-resource'= {
        }
        &'caredesk;help;account;enable'= {
        }
        &'caredesk;help;account;disable'= {
        }
        &'caredesk;help;referral'= {
            cand create 'Put a contact or a client into a queue'
            cand assign 'Send a referral to a resource; whoever had it before sees it no more'
            cand unassign 'Take a referral from its resource, which sees it no more'
            cand set-status 'Move a referral to another status of its queue'
            cand note 'Replace the note that the hub and the provider share'
            cand list 'List referrals, the newest first'
            cand show 'Show a referral, and to staff what became of it'
        }
        &'caredesk;help;referral;create'= {
        }
        &'caredesk;help;referral;assign'= {
        }
        &'caredesk;help;referral;unassign'= {
        }
        &'caredesk;help;referral;set-status'= {
        }
        &'caredesk;help;referral;note'= {
        }
        &'caredesk;help;referral;list'= {
        }
        &'caredesk;help;referral;show'= {
        }
        &'caredesk;help;visit'= {
            cand add 'Plan a visit, or the same visit every week'
            cand edit 'Change when a visit is or how long it lasts'
            cand cancel 'Cancel visits; they stay in the history'
            cand list 'List the visits of a referral by time'
            cand import 'Take over visits from a table or a home-care instance; a second time changes nothing'
        }
        &'caredesk;help;visit;add'= {
        }
        &'caredesk;help;visit;edit'= {
        }
        &'caredesk;help;visit;cancel'= {
        }
        &'caredesk;help;visit;list'= {
        }
        &'caredesk;help;visit;import'= {
        }
        &'caredesk;help;schedule'= {
            cand show 'Draw a week of a referral''s visits; as JSON or CSV, list them'
            cand export 'Write a referral''s visits as an iCalendar file, without the client''s name'
        }
        &'caredesk;help;schedule;show'= {
        }
        &'caredesk;help;schedule;export'= {
        }
        &'caredesk;help;outsource'= {
            cand create 'Offer visits of a referral to providers as one package'
            cand add-provider 'Ask more providers'
            cand remove-provider 'Take providers out again; their answers stay in the history'
            cand delete 'Recall a package: it vanishes from the providers'' lists and its visits are free again'
            cand resend 'Recall a package and send its visits, as they are now, to the same providers'
        }
        &'caredesk;help;outsource;create'= {
        }
        &'caredesk;help;outsource;add-provider'= {
        }
        &'caredesk;help;outsource;remove-provider'= {
        }
        &'caredesk;help;outsource;delete'= {
        }
        &'caredesk;help;outsource;resend'= {
        }
        &'caredesk;help;package'= {
            cand list 'List packages, the newest first'
            cand show 'Show a package with its visits and the answers to it'
            cand respond 'Accept or reject a package for a provider; the first to accept wins, and an answer is final'
            cand rename 'Give a package another reference'
        }
        &'caredesk;help;package;list'= {
        }
        &'caredesk;help;package;show'= {
        }
        &'caredesk;help;package;respond'= {
        }
        &'caredesk;help;package;rename'= {
        }
        &'caredesk;help;category'= {
            cand create 'Make a category'
            cand list 'List categories by name'
        }
        &'caredesk;help;category;create'= {
        }
        &'caredesk;help;category;list'= {
        }
        &'caredesk;help;contract'= {
            cand create 'Make a contract'
            cand list 'List contracts'
            cand show 'Show a contract'
            cand edit 'Change what is given; what was before stays in the history'
        }
        &'caredesk;help;contract;create'= {
        }
        &'caredesk;help;contract;list'= {
        }
        &'caredesk;help;contract;show'= {
        }
        &'caredesk;help;contract;edit'= {
        }
        &'caredesk;help;record'= {
            cand add 'Add a record; it is never changed afterwards'
            cand import 'Take over records from a CSV table or JSON lines; a second time changes nothing'
            cand list 'List the records of a client, the newest day first; a provider sees its own and what is shared with it'
            cand show 'Show a record'
        }
        &'caredesk;help;record;add'= {
        }
        &'caredesk;help;record;import'= {
        }
        &'caredesk;help;record;list'= {
        }
        &'caredesk;help;record;show'= {
        }
        &'caredesk;help;sharing'= {
            cand setup 'Set what a provider lets out of a type of data; only what is given changes'
            cand settings 'Show what a provider lets out, type by type'
            cand link 'Link an owner to a recipient, in this direction alone'
            cand unlink 'Take a link back; what was shared over it is out of sight at once'
            cand links 'List links, and how sharing then works'
            cand request 'Ask an owner for one type of data of one client'
            cand grant 'Agree to a request; given again, it changes the dates'
            cand deny 'Decline a request'
            cand pending 'Take an answer back: the request waits again'
            cand revoke 'End what was granted, at once'
            cand list 'List requests, the newest first'
            cand show 'Show a request and the answers to it'
            cand explain 'Say rule by rule why a provider sees or does not see a client''s records at another'
            cand calendar 'Write the last days of what is granted into a calendar'
        }
        &'caredesk;help;sharing;setup'= {
        }
        &'caredesk;help;sharing;settings'= {
        }
        &'caredesk;help;sharing;link'= {
        }
        &'caredesk;help;sharing;unlink'= {
        }
        &'caredesk;help;sharing;links'= {
        }
        &'caredesk;help;sharing;request'= {
        }
        &'caredesk;help;sharing;grant'= {
        }
        &'caredesk;help;sharing;deny'= {
        }
        &'caredesk;help;sharing;pending'= {
        }
        &'caredesk;help;sharing;revoke'= {
        }
        &'caredesk;help;sharing;list'= {
        }
        &'caredesk;help;sharing;show'= {
        }
        &'caredesk;help;sharing;explain'= {
        }
        &'caredesk;help;sharing;calendar'= {
        }
        &'caredesk;help;release'= {
            cand add 'Add a signed release: it lets providers see records while it is neither run out nor revoked'
            cand list 'List releases, the newest first'
            cand show 'Show a release, and what a valid one holds'
            cand check 'Say what a valid release of information holds, and what of it this one lacks (then with exit status 8)'
            cand revoke 'Revoke a release: what it let others see is gone at once'
            cand document 'Write the document of a release to a file'
        }
        &'caredesk;help;release;add'= {
        }
        &'caredesk;help;release;list'= {
        }
        &'caredesk;help;release;show'= {
        }
        &'caredesk;help;release;check'= {
        }
        &'caredesk;help;release;revoke'= {
        }
        &'caredesk;help;release;document'= {
        }
        &'caredesk;help;disclosure'= {
            cand list 'List who looked at whose records, on what basis, the newest first'
        }
        &'caredesk;help;disclosure;list'= {
        }
        &'caredesk;help;alert'= {
            cand list 'List alerts, the newest first'
            cand show 'Show an alert, and what went wrong with it'
            cand send 'Deliver the alerts that wait, each one once'
            cand dismiss 'Let alerts go unsent, or as they are where it is known that they arrived'
        }
        &'caredesk;help;alert;list'= {
        }
        &'caredesk;help;alert;show'= {
        }
        &'caredesk;help;alert;send'= {
        }
        &'caredesk;help;alert;dismiss'= {
        }
        &'caredesk;help;report'= {
            cand referrals 'How many referrals are open per queue, status and resource, how old, and how soon their status first changed'
            cand capacity 'How many more referrals each resource of a queue can take'
        }
        &'caredesk;help;report;referrals'= {
        }
        &'caredesk;help;report;capacity'= {
        }
        &'caredesk;help;audit'= {
            cand list 'List changes, the newest first'
            cand verify 'Check that no entry was changed or taken out'
        }
        &'caredesk;help;audit;list'= {
        }
        &'caredesk;help;audit;verify'= {
        }
        &'caredesk;help;database'= {
            cand migrate 'Bring an older database up to date, after a copy was set aside; every other command does so too'
            cand check 'Look for damage, and for anything that breaks a promise of the program'
        }
        &'caredesk;help;database;migrate'= {
        }
        &'caredesk;help;database;check'= {
        }
        &'caredesk;help;completions'= {
        }
        &'caredesk;help;man'= {
        }
        &'caredesk;help;help'= {
        }
    ]
    $completions[$command]
}
