{{ figure_as_published('in_commuters', minus=['out_commuters']) }}
