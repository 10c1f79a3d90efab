"""Groups, agencies, posts, seats, appointments, delegations, absences, seals. States facts; never decides."""
